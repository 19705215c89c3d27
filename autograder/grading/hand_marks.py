"""Marks that a person gave: none needs a second look as long as the answer and its rubric are as they were."""

from collections.abc import Mapping

from nbformat import NotebookNode

from autograder.cells.files import read_notebook
from autograder.cells.metadata import grade_id, is_grade, is_solution, is_task
from autograder.grading.course import Assignment
from autograder.grading.fingerprint import Parts, part
from autograder.grading.marked import MarkedNotebook
from autograder.grading.stamp import stamp_in
from autograder.kinds import CauseKind

Cell = tuple[str, str]  # the names of the notebook and of the cell


def as_last_seen(
    assignment: Assignment, student: str, marked: Mapping[str, MarkedNotebook], course_now: Parts
) -> frozenset[Cell]:
    """The cells whose answer and rubric are those of the autograded notebook that formgrader showed until now.

    The rubric is the cell in the source, with its points and marking scheme. Of a written answer the answer is the
    cell; of a test that a person has marked, and of a task, it is all that the student wrote.
    """
    same = set()
    for notebook, found in marked.items():
        before = _read(assignment, student, notebook)
        if before is None:
            continue
        parts = stamp_in([before]).course or {}
        for cell in found.notebook.cells:
            name = grade_id(cell)
            if name is None or not (is_grade(cell) or is_task(cell)):
                continue
            rubric = part(CauseKind.CELL, f"{notebook}/{name}")
            if rubric in parts and parts[rubric] == course_now.get(rubric):
                wanted = name if is_solution(cell) else None
                if _answer(before, wanted) == _answer(found.notebook, wanted):
                    same.add((notebook, name))
    return frozenset(same)


def _read(assignment: Assignment, student: str, notebook: str) -> NotebookNode | None:
    """The autograded notebook that lies there, if one does."""
    try:
        return read_notebook(assignment.autograded(student) / f"{notebook}.ipynb")
    except (OSError, ValueError):
        return None


def _answer(notebook: NotebookNode, name: str | None) -> list[str]:
    """The text of the cell of this name; without one, of all cells that the course has not locked."""
    return [
        cell.source
        for cell in notebook.cells
        if (grade_id(cell) == name if name else is_solution(cell) or not grade_id(cell))
    ]
