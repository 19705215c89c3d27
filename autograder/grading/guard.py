"""What goes wrong with one submission is that submission's fault: it is not marked, and the others are."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from nbgrader.api import Gradebook

from autograder.faults import CourseFault, SubmissionFault, reason_of
from autograder.grading.course import Course
from autograder.grading.database import faults_of_one
from autograder.grading.results import NotMarked
from autograder.kinds import FaultKind
from autograder.process.warm import CannotStart

P = ParamSpec("P")
Found = TypeVar("Found")


def guarded(student: str, step: Callable[P, Found], *given: P.args, **named: P.kwargs) -> Found | NotMarked:
    """What the step gives; or why the student's submission is not marked, whatever the step raised.

    Only what stops every submission is raised: a fault of the course, or no process to run students' code in.
    """
    try:
        return step(*given, **named)
    except (CourseFault, CannotStart):
        raise
    except Exception as error:
        fault = _fault_of(error)
        return NotMarked(student, fault.fault, fault.details)


def for_one(
    course: Course,
    gradebook: Gradebook,
    student: str,
    step: Callable[P, Found],
    *given: P.args,
    **named: P.kwargs,
) -> Found | NotMarked:
    """A guarded step that reads or writes the gradebook: of one that fails nothing is left half in it.

    Nor does a step leave its transaction open: the next step may be long in coming.
    """
    try:
        return guarded(student, faults_of_one(course)(step), *given, **named)
    finally:
        gradebook.db.rollback()


def _fault_of(error: Exception) -> SubmissionFault:
    if isinstance(error, SubmissionFault):
        return error
    if isinstance(error, OSError) and error.filename is not None:
        return SubmissionFault(FaultKind.UNREADABLE, file=str(error.filename), error=reason_of(error))
    return SubmissionFault(FaultKind.ENGINE, error=f"{type(error).__name__}: {error}")
