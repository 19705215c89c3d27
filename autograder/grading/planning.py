"""Finds what a run has to do: whom to mark, and why."""

from dataclasses import dataclass

from nbgrader.api import Gradebook

from autograder.faults import CourseFault
from autograder.grading.autograded import read_broken_rules, read_stamp
from autograder.grading.course import Assignment, graded_cells, nearest_names, require_markable
from autograder.grading.fingerprint import Parts, course_fingerprint
from autograder.grading.gradebook import open_gradebook, read_marks, update_gradebook
from autograder.grading.guard import for_one
from autograder.grading.results import GradedCell, Marked, NotMarked
from autograder.grading.stamp import Stamp
from autograder.grading.submissions import has_handed_in, students, submission_fingerprint
from autograder.kinds import FaultKind, ReasonKind


@dataclass(frozen=True)
class Plan:
    """What a run has to do: students to mark and why, those whose marks stand, those who handed in nothing.

    `cells` carry the points, and `course_now` is the fingerprint of all that decides a mark, as the plan was made.
    """

    assignment: Assignment
    cells: tuple[GradedCell, ...]
    course_now: Parts
    to_mark: tuple[tuple[str, ReasonKind], ...]
    unchanged: tuple[Marked, ...]
    nothing_submitted: tuple[str, ...]


def plan(assignment: Assignment, student: str | None = None, force: bool = False) -> Plan:
    """Bring the gradebook up to the source, then see who needs marking."""
    course, chosen = assignment.course, _chosen_students(assignment, student)
    require_markable(assignment)
    update_gradebook(assignment)
    now = course_fingerprint(assignment)
    cells = graded_cells(assignment)
    to_mark, unchanged, nothing_submitted = [], [], []
    with open_gradebook(course) as gradebook:
        for name in chosen:
            match found := for_one(course, gradebook, name, _look_at, assignment, name, gradebook, cells, now, force):
                case None:
                    nothing_submitted.append(name)
                case Marked():
                    unchanged.append(found)
                case NotMarked():
                    to_mark.append((name, ReasonKind.NEW))  # marking meets the same fault, and tells it
                case why:
                    to_mark.append((name, why))
    return Plan(assignment, cells, now, tuple(to_mark), tuple(unchanged), tuple(nothing_submitted))


def _look_at(
    assignment: Assignment,
    student: str,
    gradebook: Gradebook,
    cells: tuple[GradedCell, ...],
    course_now: Parts,
    force: bool,
) -> ReasonKind | Marked | None:
    """Why a submission is to be marked, or its marks that stand; None where there is none."""
    if not has_handed_in(assignment, student):
        return None
    if force:
        return ReasonKind.FORCED
    marks = read_marks(gradebook, assignment.name, student, cells)
    if marks is None:
        return ReasonKind.NEW
    then = read_stamp(assignment, student)
    why = then.why_to_mark(Stamp(submission_fingerprint(assignment, student), course_now))
    if why:
        return why
    is_open = any(mark.points is None for mark in marks)
    attention = read_broken_rules(assignment, student) if is_open else ()
    return Marked(student, marks, attention=attention, logins=then.logins)


def _chosen_students(assignment: Assignment, student: str | None) -> tuple[str, ...]:
    """The students to look at; a `CourseFault` where the name given does not exist."""
    course = assignment.course
    folder = course.shown(course.submitted)
    if not course.submitted.is_dir():
        wanted = ", ".join(path.name for path in assignment.notebooks())
        raise CourseFault(FaultKind.NOTHING_SUBMITTED, folder=folder, assignment=assignment.name, wanted=wanted)
    known = students(course)
    if student is not None and student not in known:
        raise CourseFault(
            FaultKind.UNKNOWN_STUDENT, student=student, folder=folder, known=nearest_names(student, known)
        )
    return known if student is None else (student,)
