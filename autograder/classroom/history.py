"""The moves of marks that the record holds, without those that a run was cut off before carrying out."""

from datetime import datetime

from nbgrader.api import Gradebook, MissingEntry

from autograder.grading.course import Course
from autograder.grading.database import file_of
from autograder.grading.gradebook import open_gradebook
from autograder.grading.moves import GradebookEntry, Move, entry_of, moves_file, read_moves, those_that_happened


def moves_of(course: Course, assignment: str | None = None, since: datetime | None = None) -> list[Move]:
    """What moved, of one assignment or of all, from a moment on, in the order of time.

    CourseFault for an assignment that neither the course nor the record has.
    """
    recorded = read_moves(moves_file(course))
    if assignment is not None and all(move.assignment != assignment for move in recorded):
        course.assignment(assignment)
    happened = those_that_happened(recorded, _entries(course, recorded))
    return [
        move
        for move in happened
        if assignment in (None, move.assignment) and (since is None or datetime.fromisoformat(move.at) >= since)
    ]


def _entries(course: Course, moves: list[Move]) -> dict[tuple[str, str], GradebookEntry | None]:
    """What the gradebook holds for each of whom a mark moved; nothing where there is no gradebook any more."""
    file = file_of(course)
    if file and not file.exists():
        return {}
    with open_gradebook(course) as gradebook:
        return {key: _entry(gradebook, *key) for key in {(move.assignment, move.student) for move in moves}}


def _entry(gradebook: Gradebook, assignment: str, student: str) -> GradebookEntry | None:
    try:
        return entry_of(gradebook.find_submission(assignment, student))
    except MissingEntry:
        return None
