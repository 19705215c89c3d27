"""What a cell of an assignment is, by its metadata: its name, and who writes it."""

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

COURSE_TAG = "course"
DEMONSTRATION_TAG = "demonstration"


def grade_id(cell: Mapping[str, Any]) -> str | None:
    """The nbgrader name of a cell, whoever wrote it, if it has one."""
    metadata = cell.get("metadata", {})
    nbgrader = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else {}
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else None


def name_of(cell: NotebookNode) -> str:
    return grade_id(cell) or cell.id


def is_students(cell: NotebookNode) -> bool:
    """Whether the student writes this cell of the course: an answer, or code that is not locked."""
    return is_solution(cell) or (cell.cell_type == "code" and "nbgrader" not in cell.metadata)


def is_demonstration(cell: NotebookNode) -> bool:
    """Whether a cell of the course only shows something."""
    return DEMONSTRATION_TAG in cell.metadata.get("tags", []) and not is_students(cell) and not is_grade(cell)
