"""Who judges a test: the examiner, outside of the student's process, or the test itself, inside of it."""

from collections.abc import Iterable
from enum import StrEnum

from nbformat import NotebookNode

from autograder.cells.door import DOOR, has_door
from autograder.cells.metadata import is_courses, is_solution, is_students, is_test, name_of
from autograder.cells.names import NO_CODE, bound_and_read

METADATA = "autograder_judge"  # in a test cell of the course's notebook, unless it is judged outside
Names = frozenset[str]


class Judge(StrEnum):
    """Where a test runs, and so what its mark is worth."""

    OUTSIDE = "outside"  # apart from the student's process, which it asks through `answer`
    INSIDE = "inside"  # in the student's process, among the notebook's own names


def judges(source: NotebookNode) -> dict[str, Judge]:
    """The judge of each test cell of a source notebook, by name.

    A test is judged outside where it reaches answers through `answer` alone: the notebook has it from this package,
    and the test reads no name that only an answer cell gives. Any other is judged inside.
    """
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    door = DOOR if has_door(source) else frozenset()
    answers: Names = frozenset().union(*(_names(cell)[0] for cell in code if is_solution(cell)))
    found = {}
    for cell in code:
        given, read = _names(cell)
        outside = bool(read & door) and not read & answers
        if is_test(cell):
            found[name_of(cell)] = Judge.OUTSIDE if outside else Judge.INSIDE
        if (is_courses(cell) and not is_students(cell)) or found.get(name_of(cell)) is Judge.OUTSIDE:
            answers -= given  # from here on the examiner has them, too
    return found


def is_judged_outside(cell: NotebookNode) -> bool:
    """Whether the cell of the course's notebook is a test that the examiner runs."""
    return is_test(cell) and METADATA not in cell.metadata


def has_outside(notebooks: Iterable[NotebookNode]) -> bool:
    """Whether some test in the course's notebooks is judged outside: only then is the examiner needed, and PyTorch."""
    return any(is_judged_outside(cell) for notebook in notebooks for cell in notebook.cells)


def is_judged_inside(cell: NotebookNode) -> bool:
    """Whether the cell of the course's notebook is a test that runs in the student's process."""
    return METADATA in cell.metadata


def set_judges(notebook: NotebookNode, found: dict[str, Judge]) -> None:
    """Note in the course's notebook which tests are judged inside."""
    for cell in notebook.cells:
        if found.get(name_of(cell)) is Judge.INSIDE:
            cell.metadata[METADATA] = str(Judge.INSIDE)


def _names(cell: NotebookNode) -> tuple[Names, Names]:
    """The names that a cell gives and reads.

    One that is no code gives nothing and counts as asking the door, so that it is rehearsed, where its fault is told.
    """
    try:
        return bound_and_read(cell.source, "<cell>")
    except NO_CODE:
        return frozenset(), DOOR
