"""Reading what was handed in as a notebook, whoever wrote it."""

import functools
import itertools
import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.cells.files import in_utf8, is_in_other_encoding, notebook_of
from autograder.cells.metadata import FLAGS, grade_id, is_demonstration, is_grade, is_solution
from autograder.faults import SubmissionFault
from autograder.kinds import FaultKind
from autograder.process.limits import MEGABYTE

MOST_BYTES = 32 * MEGABYTE  # of a notebook; as text in memory it can take four times as much
MOST_PARTS = 500_000  # strings, lists, objects and commas
MOST_DEPTH = 100
MOST_STRING_BYTES = 2 * MEGABYTE  # no output is shown that is longer, and no source is
MOST_CELLS = 1_000
ZIP = b"PK\x03\x04"
PART = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)  # of a JSON text: a string or a sign
DEEPER = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
# What of a cell is read; nbformat 3 had `input` for a source, and headings of a `level`.
TEXTS = ("source", "input")
SCALARS = ("cell_type", "id", "level", "language", "collapsed")


@dataclass(frozen=True)
class Submitted:
    """A notebook that was handed in, without its outputs; and those of the course's demonstrations, as written."""

    notebook: NotebookNode
    shown: dict[str, Any]


def read_submitted(name: str, content: bytes, course: Mapping[str, NotebookNode]) -> Submitted:
    """The notebook in the present format; SubmissionFault where it is none, or another than the course's."""
    file = f"{name}.ipynb"
    if len(content) > MOST_BYTES:
        raise SubmissionFault(FaultKind.TOO_LARGE, notebook=file, megabytes=str(MOST_BYTES // MEGABYTE))
    if content.startswith(ZIP):
        raise SubmissionFault(FaultKind.ZIPPED, notebook=file)
    demonstrations = {grade_id(cell) for cells in course.values() for cell in cells.cells if is_demonstration(cell)}
    shown: dict[str, Any] = {}
    try:
        text = _bounded(in_utf8(content), file)
        written = json.loads(text, object_hook=functools.partial(_without_outputs, shown, demonstrations))
        notebook = notebook_of(json.dumps(_bare_notebook(written, file)).encode())
        _require_cells(notebook)
    except SubmissionFault:
        raise
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        kind = FaultKind.OTHER_ENCODING if is_in_other_encoding(error) else FaultKind.NOT_JSON
        raise SubmissionFault(kind, notebook=file) from error
    except Exception as error:  # its parts may be of any form
        raise SubmissionFault(FaultKind.NOT_A_NOTEBOOK, notebook=file, error=str(error).split("\n")[0]) from error
    named = [cell for cells in course.values() for cell in cells.cells if grade_id(cell)]
    # A conclusion has the same name everywhere, so it tells a notebook only where all is marked by a person.
    tests = {grade_id(cell) for cell in named if is_grade(cell) and not is_solution(cell)}
    answers = {grade_id(cell) for cell in named if is_solution(cell) and not is_grade(cell)}
    found = {grade_id(cell) for cell in notebook.cells}
    known = tests | answers or set(map(grade_id, named))
    # Assignments may have names of answers in common, as `login`, but not of tests.
    enough = len(answers) // 2 + 1 if tests and not tests & found else min(1, len(known))
    if len(known & found) < enough:
        raise SubmissionFault(FaultKind.FOREIGN, notebook=file, assignment=name)
    return Submitted(notebook, shown)


def _bounded(text: bytes, file: str) -> bytes:
    """The JSON text with null for strings that are too long; SubmissionFault where it is too many parts, or too deep.

    They are counted in the text, before it is parsed.
    """
    depth, kept, end = 0, [], 0
    for number, part in enumerate(PART.finditer(text)):
        depth += DEEPER.get(text[part.start() : part.start() + 1], 0)
        if number == MOST_PARTS:
            raise SubmissionFault(FaultKind.TOO_MANY_VALUES, notebook=file, most=str(MOST_PARTS))
        if depth > MOST_DEPTH:
            raise SubmissionFault(FaultKind.TOO_DEEP, notebook=file, most=str(MOST_DEPTH))
        if part.end() - part.start() > MOST_STRING_BYTES:
            kept.append(text[end : part.start()])
            end = part.end()
    return b"null".join([*kept, text[end:]]) if kept else text


def _without_outputs(
    shown: dict[str, Any], demonstrations: Container[str | None], read: dict[str, Any]
) -> dict[str, Any]:
    """An object of the file, as soon as it is read: outputs can be megabytes, and of any form.

    Those of the cells named `demonstrations` go into `shown`.
    """
    if "cell_type" in read and "outputs" in read:
        outputs = read.pop("outputs")
        if (name := grade_id(read)) in demonstrations and name is not None:
            shown[name] = outputs
    return read


def _bare_notebook(written: Any, file: str) -> dict[str, Any]:
    """Its format and its cells; SubmissionFault where they are too many, ValueError where one is none."""
    sheets = [sheet["cells"] for sheet in written.get("worksheets", [written])]  # nbformat 3 kept its cells in sheets
    if len(sheets) + sum(map(len, sheets)) > MOST_CELLS:
        raise SubmissionFault(FaultKind.TOO_MANY_CELLS, notebook=file, most=str(MOST_CELLS))
    numbers = itertools.count(1)
    sheets = [[_bare_cell(next(numbers), cell) for cell in cells] for cells in sheets]
    cells = {"worksheets": [{"cells": cells} for cells in sheets]} if "worksheets" in written else {"cells": sheets[0]}
    return {"nbformat": written["nbformat"], "nbformat_minor": written.get("nbformat_minor", 0), "metadata": {}} | cells


def _bare_cell(number: int, cell: Any) -> dict[str, Any]:
    """Only what is used of a cell, and only where it has the form that it should: nbformat would copy all the rest."""
    _require_cell(number, isinstance(cell, dict) and "cell_type" in cell)
    flags = {} if grade_id(cell) is None else cell["metadata"]["nbgrader"]
    bare = {field: cell[field] for field in TEXTS if _is_text(cell.get(field))}
    bare |= {field: cell[field] for field in SCALARS if _is_scalar(cell.get(field))}
    bare["metadata"] = {"nbgrader": {flag: flags[flag] for flag in FLAGS if _is_scalar(flags.get(flag))}}
    if attachments := _attachments(cell.get("attachments")):
        bare["attachments"] = attachments
    return bare | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _require_cell(number: int, is_cell: bool) -> None:
    if not is_cell:
        raise ValueError(f"cell {number} is not a cell")


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _is_text(value: Any) -> bool:
    """Whether this is a text, or the list of its lines."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _attachments(given: Any) -> dict[str, dict[str, str]]:
    """The pictures of a text cell: by name and kind, as text."""
    named = given.items() if isinstance(given, dict) else ()
    return {
        name: {kind: text for kind, text in kinds.items() if isinstance(text, str)}
        for name, kinds in named
        if isinstance(kinds, dict)
    }


def _require_cells(notebook: NotebookNode) -> None:
    """ValueError, with its number, for a cell that is none."""
    for number, cell in enumerate(notebook.cells, start=1):
        known = cell.get("cell_type") in ("code", "markdown", "raw")
        _require_cell(number, known and isinstance(cell.get("source"), str))
        cell.source = as_text(cell.source).replace("\r\n", "\n")
        if not isinstance(cell.get("metadata"), dict):
            cell.metadata = NotebookNode()


def as_text(value: Any) -> Any:
    """The value with what is half a character in its strings replaced: no file could hold it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return type(value)({as_text(key): as_text(part) for key, part in value.items()})
    return [as_text(part) for part in value] if isinstance(value, list) else value
