"""What the gradebook has of a marked notebook, as plain data: of one, or of a whole class at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nbgrader.api import Grade, MissingEntry, SubmittedAssignment, SubmittedNotebook

from autograder.classroom.dates import time_zone
from autograder.classroom.gather import full_name
from autograder.classroom.late import FinalMark, final_mark, mark_of, marked_submissions
from autograder.grading.course import Assignment, Course
from autograder.grading.gradebook import open_gradebook
from autograder.grading.penalties import excess


@dataclass(frozen=True)
class CellMark:
    """What stands for a cell, as in nbgrader's `Grade`."""

    auto_score: float | None
    manual_score: float | None
    score: float
    max_score: float
    needs_manual_grade: bool


@dataclass(frozen=True)
class Recorded:
    """A student's name and mark for the assignment; of the notebook's cells the marks, and what a person wrote."""

    name: str
    final: FinalMark
    cells: Mapping[str, CellMark]
    comments: Mapping[str, str]


def recorded(assignment: Assignment, student: str, notebook: str) -> Recorded:
    """What there is of one notebook; MissingEntry where nothing was marked."""
    course = assignment.course
    with open_gradebook(course) as gradebook:
        final = final_mark(course, gradebook, assignment.name, student)
        if final is None:
            raise MissingEntry(f"nothing of {student} was marked in {assignment.name}")
        return _recorded(gradebook.find_submission_notebook(notebook, assignment.name, student), final)


def all_recorded(assignment: Assignment) -> dict[str, dict[str, Recorded]]:
    """The same of all that was marked, by student and notebook."""
    course = assignment.course
    with open_gradebook(course) as gradebook:
        zone = time_zone(course)
        submissions = marked_submissions(gradebook, assignment.name)
        return {each.student_id: _notebooks(course, each, zone) for each in submissions}


def _notebooks(course: Course, submission: SubmittedAssignment, zone: ZoneInfo) -> dict[str, Recorded]:
    final = mark_of(course, submission, zone)
    return {notebook.name: _recorded(notebook, final) for notebook in submission.notebooks}


def _recorded(notebook: SubmittedNotebook, final: FinalMark) -> Recorded:
    person = notebook.assignment.student
    comments = {comment.name: comment.manual_comment for comment in notebook.comments if comment.manual_comment}
    return Recorded(
        name=full_name(person.first_name, person.last_name),
        final=final,
        cells={grade.name: _mark(grade) for grade in sorted(notebook.grades, key=lambda grade: grade.name)},
        comments=dict(sorted(comments.items())),
    )


def _mark(grade: Grade) -> CellMark:
    return CellMark(
        auto_score=grade.auto_score,
        manual_score=grade.manual_score,
        score=grade.score - excess(grade),
        max_score=grade.cell.max_score,
        needs_manual_grade=bool(grade.needs_manual_grade),
    )
