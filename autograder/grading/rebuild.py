"""A submission rebuilt on the course's own notebook: only what a student may write is taken from it."""

import re
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.cells.metadata import LAB_RULES, grade_id, is_students, is_unnamed, name_of
from autograder.grading.released import METADATA as RELEASED
from autograder.grading.released import Versions, traits, was_released
from autograder.grading.results import Attention
from autograder.kinds import OddityKind

LEGAL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # as nbformat has it
NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


@dataclass(frozen=True)
class Rebuilt:
    """The notebook, and what was put right in the submission, with the cell."""

    notebook: NotebookNode
    repairs: tuple[Attention, ...]


@dataclass
class _Sorted:
    """The cells of a submission: by the course's cell that they are, or after the course's cell that they follow."""

    taken: dict[str, NotebookNode] = field(default_factory=dict)
    following: dict[str | None, list[NotebookNode]] = field(default_factory=dict)
    repairs: list[Attention] = field(default_factory=list)


def rebuilt(course: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """The course's notebook with the submission's answers in it, and the student's own cells where they stood.

    Tests, locked cells, points and metadata are the course's. Of two cells with one name the last is the answer, as
    in nbgrader; the other stays as one of the student's own. A cell of the course without a name or id is there if
    the submission has one of the same text, and else the student has changed or deleted it. `course` has its cells'
    ids and hidden tests, and in its metadata what was released of them: a cell as it was once handed out is not one
    that the student has changed.
    """
    found = _sort(course, submitted)
    notebook = deepcopy(course)
    for for_marking in (RELEASED, LAB_RULES):
        notebook.metadata.pop(for_marking, None)
    notebook.cells, ids = [], {cell.id for cell in course.cells}
    notebook.cells += [_own_cell(extra, ids) for extra in found.following.get(None, [])]
    for cell in course.cells:
        if not is_unnamed(cell) or name_of(cell) in found.taken:
            notebook.cells.append(_filled(cell, found))
        notebook.cells += [_own_cell(extra, ids) for extra in found.following.get(cell.id, [])]
    return Rebuilt(notebook, tuple(dict.fromkeys(found.repairs)))  # of a hundred copies of a cell one is told


def _sort(course: NotebookNode, submitted: NotebookNode) -> _Sorted:
    found = _Sorted()
    by_name = {name_of(cell): cell for cell in course.cells}
    named = [_match(cell, by_name) for cell in submitted.cells]
    matched = [*zip(submitted.cells, _with_unnamed(named, course, submitted), strict=True)]
    last = {name: place for place, (_cell, name) in enumerate(matched) if name}
    after, order = None, []
    for place, (cell, name) in enumerate(matched):
        if name and last[name] == place:
            found.taken[name] = cell
            after = by_name[name].id
            order.append(name)
            continue
        if name:
            found.repairs.append(Attention(OddityKind.DUPLICATED, name))
        if not name or is_students(by_name[name]):  # a second copy of what the course has locked is nobody's answer
            found.following.setdefault(after, []).append(cell)
    in_course = [name for name in by_name if name in found.taken]
    moved = [name for name, there in zip(in_course, order, strict=True) if name != there]
    found.repairs += [Attention(OddityKind.REORDERED, name) for name in moved[:1]]
    released = course.metadata.get(RELEASED, {})
    for name, cell in by_name.items():
        found.repairs += _differences(name, cell, found.taken, released)
    return found


def _match(cell: NotebookNode, by_name: dict[str, NotebookNode]) -> str | None:
    """The name of the course's cell that this is: by its grade_id, or by its id where the metadata was lost."""
    if (name := grade_id(cell)) in by_name:
        return name
    return next((name for name, known in by_name.items() if known.id == cell.get("id")), None)


def _with_unnamed(named: list[str | None], course: NotebookNode, submitted: NotebookNode) -> list[str | None]:
    """The names of the course's cells that those of the submission are; cells without one are told by their text."""
    if not any(map(is_unnamed, course.cells)):
        return named
    ours = [(cell.cell_type, cell.source) if is_unnamed(cell) else name_of(cell) for cell in course.cells]
    theirs = [name or (cell.cell_type, cell.source) for name, cell in zip(named, submitted.cells, strict=True)]
    found = list(named)
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        found[block.b : block.b + block.size] = map(name_of, course.cells[block.a : block.a + block.size])
    return found


def _differences(name: str, cell: NotebookNode, taken: dict[str, NotebookNode], released: Versions) -> list[Attention]:
    """What of the student's copy is neither as the course has it nor as it was ever released."""
    if "nbgrader" not in cell.metadata:
        return []  # texts and the set-up may be edited or deleted
    if name not in taken:
        return [Attention(OddityKind.MISSING, name)]
    given, wanted = traits(taken[name]), traits(cell)
    return [
        Attention(kind, name)
        for kind, trait in given.items()
        if trait != wanted[kind]
        and not was_released(released, name, kind, trait)
        and not (kind is OddityKind.CHANGED and is_students(cell))
    ]


def _filled(cell: NotebookNode, found: _Sorted) -> NotebookNode:
    filled = deepcopy(cell)
    given = found.taken.get(name_of(cell))
    if given is not None and is_students(cell):
        filled.source = given.source
        if given.get("attachments"):
            filled.attachments = given.attachments
    return filled


def _own_cell(cell: NotebookNode, ids: set[str]) -> NotebookNode:
    """A cell of the student's own, without the metadata that could make it something else."""
    own = NEW_CELL[cell.cell_type](cell.source)
    wanted = cell.get("id")
    if isinstance(wanted, str) and LEGAL_ID.fullmatch(wanted) and wanted not in ids:
        own.id = wanted
    ids.add(own.id)
    return own


def language_of(submitted: NotebookNode, courses: Mapping[str, NotebookNode]) -> str:
    """The language whose texts the submission has most of; the first where there is no telling."""
    given = Counter(cell.source for cell in submitted.cells)
    shared = {language: sum(given[cell.source] > 0 for cell in course.cells) for language, course in courses.items()}
    return max(shared, key=shared.__getitem__)
