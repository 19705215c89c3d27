"""Reading what was handed in as a notebook, whoever wrote it."""

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograder.grading.guard import SubmissionFault
from autograder.kinds import FaultKind

MOST_BYTES = 50 * 2**20
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Submitted:
    """A notebook that was handed in, without its outputs; and those of its named cells, as they were written."""

    notebook: NotebookNode
    shown: dict[str, Any]


def read_submitted(name: str, content: bytes, course: Mapping[str, NotebookNode]) -> Submitted:
    """The notebook in the present format; SubmissionFault where it is none, or another than the course's."""
    file = f"{name}.ipynb"
    if len(content) > MOST_BYTES:
        raise SubmissionFault(FaultKind.TOO_LARGE, notebook=file, megabytes=str(MOST_BYTES // 2**20))
    if content.startswith(ZIP):
        raise SubmissionFault(FaultKind.ZIPPED, notebook=file)
    try:
        written = json.loads(content)
        shown = _taken_outputs(written)
        notebook = in_present_format(written)
        _require_cells(notebook)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SubmissionFault(FaultKind.NOT_JSON, notebook=file) from error
    except Exception as error:  # nbformat raises whatever its conversions stumble over
        raise SubmissionFault(FaultKind.NOT_A_NOTEBOOK, notebook=file, error=str(error).split("\n")[0]) from error
    known = {grade_id(cell) for cells in course.values() for cell in cells.cells if is_grade(cell) != is_solution(cell)}
    if not known & {grade_id(cell) for cell in notebook.cells}:  # a conclusion has the same name everywhere
        raise SubmissionFault(FaultKind.FOREIGN, notebook=file, assignment=name)
    return Submitted(notebook, shown)


def _require_cells(notebook: NotebookNode) -> None:
    """ValueError, with its number, for a cell that is none."""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.get("cell_type") not in ("code", "markdown", "raw") or not isinstance(cell.get("source"), str):
            raise ValueError(f"cell {number} is not a cell")
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


def in_present_format(notebook: dict[str, Any]) -> NotebookNode:
    """The notebook as the present nbformat has it; that it lacks cell ids, say, is nothing to warn of."""
    with warnings.catch_warnings(action="ignore"):
        return nbformat.reads(json.dumps(notebook), as_version=4)


def grade_id(cell: Mapping[str, Any]) -> str | None:
    """The nbgrader name of a cell, if it has one."""
    metadata = cell.get("metadata", {})
    nbgrader = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else {}
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else None


def _taken_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """Takes all outputs off: they can be megabytes, and of any form. Those of cells with a grade_id, by it."""
    shown: dict[str, Any] = {}
    for sheet in notebook.get("worksheets", [notebook]):  # nbformat 3 kept its cells in sheets
        for cell in sheet.get("cells", []):
            if "outputs" in cell:
                if name := grade_id(cell):
                    shown[name] = cell["outputs"]
                cell["outputs"] = []
    return shown
