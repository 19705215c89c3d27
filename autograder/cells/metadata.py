"""What a cell is, by its metadata: its name, its tags, and who writes it.

nbgrader's flags are read here, not by nbgrader: a student's machine has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from autograder.languages import LANGUAGES

if TYPE_CHECKING:  # it takes long to import
    from nbformat import NotebookNode

FLAGS = ("grade_id", "grade", "solution", "locked", "task", "points")  # nbgrader's, of what a cell is
UNNAMED = "unnamed-"  # how the id begins of a cell of the course that its file gives no name, nor id
COURSE_TAG = "course"
DEMONSTRATION_TAG = "demonstration"
CHECK_TAG = "check"
PREDICTED_TAG = "predicted"  # shows what the reader was to predict
LAB_RULES = "lab_rules"  # of a course's notebook, while it is in memory: the files of its own rules
MAY_RAISE_TAG = "raises-exception"  # Jupyter's own: it runs the cells after such a cell even where it raises


def flags(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What nbgrader has noted of a cell, whoever wrote it."""
    metadata = cell.get("metadata")
    noted = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return noted if isinstance(noted, dict) else {}


def grade_id(cell: Mapping[str, Any]) -> str | None:
    """The nbgrader name of a cell, whoever wrote it, if it has one."""
    name = flags(cell).get("grade_id")
    return name if isinstance(name, str) else None


def name_of(cell: NotebookNode) -> str:
    """What a person calls the cell: its grade_id, or its id."""
    return grade_id(cell) or cell.get("id", "without an id")


def name_or_place(cell: Mapping[str, Any], place: int) -> str:
    """Its grade_id, or its place among all cells, counted from 1."""
    return grade_id(cell) or f"#{place}"


def with_all_named(notebook: NotebookNode) -> NotebookNode:
    """The notebook in a format with ids, where a cell that has none gets its number for one."""
    for number, cell in enumerate(notebook.cells, start=1):
        cell.setdefault("id", f"{UNNAMED}{number}")
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)
    return notebook


def is_unnamed(cell: NotebookNode) -> bool:
    """Whether a cell of the course can be told by its text alone."""
    return grade_id(cell) is None and cell.id.startswith(UNNAMED)


def tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def languages_of(cell: NotebookNode) -> set[str]:
    """The languages that the cell is tagged for; none where it is for all."""
    return set(LANGUAGES).intersection(tags(cell))


def is_grade(cell: NotebookNode) -> bool:
    """Whether the cell carries points."""
    return bool(flags(cell).get("grade"))


def is_solution(cell: NotebookNode) -> bool:
    """Whether the cell is for an answer."""
    return bool(flags(cell).get("solution"))


def is_task(cell: NotebookNode) -> bool:
    """Whether the cell sets what is answered in cells of the student's own, and marked by a person."""
    return bool(flags(cell).get("task"))


def is_test(cell: NotebookNode) -> bool:
    """Whether the cell is marked by running it; code that is an answer itself is read by a person."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def is_read(cell: NotebookNode) -> bool:
    """Whether the cell is an answer that a person reads and gives points for."""
    return is_grade(cell) and is_solution(cell)


def checks_answer(cell: NotebookNode) -> bool:
    """Whether the course's cell checks an answer: graded in an assignment, tagged `check` in a lesson."""
    return is_test(cell) or (cell.cell_type == "code" and CHECK_TAG in tags(cell))


def is_predicted(cell: NotebookNode) -> bool:
    """Whether the cell shows what the reader was to predict."""
    return PREDICTED_TAG in tags(cell)


def may_raise(cell: NotebookNode) -> bool:
    """Whether an error of this cell stops nothing."""
    return MAY_RAISE_TAG in tags(cell)


def is_courses(cell: NotebookNode) -> bool:
    """Whether the cell is tagged as one that tests need, which the examiner runs itself."""
    return COURSE_TAG in tags(cell)


def is_locked(cell: NotebookNode) -> bool:
    """Whether the course's text of the cell holds, whatever a student makes of it; a test's always does."""
    return not is_solution(cell) and (is_grade(cell) or bool(flags(cell).get("locked")))


def is_students(cell: NotebookNode) -> bool:
    """Whether the student writes this cell of the course: an answer, or code that is not locked."""
    return is_solution(cell) or (cell.cell_type == "code" and not is_locked(cell))


def is_demonstration(cell: NotebookNode) -> bool:
    """Whether a cell of the course only shows something."""
    return DEMONSTRATION_TAG in tags(cell) and not is_students(cell) and not is_grade(cell)
