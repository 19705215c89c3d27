"""What goes wrong with one submission is that submission's fault: it is not marked, and the others are."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from autograder.faults import CourseFault, SubmissionFault
from autograder.grading.results import NotMarked
from autograder.kinds import FaultKind
from autograder.process.warm import CannotStart

Given = ParamSpec("Given")
Found = TypeVar("Found")


def guarded(student: str, step: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found | NotMarked:
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


def _fault_of(error: Exception) -> SubmissionFault:
    if isinstance(error, SubmissionFault):
        return error
    if isinstance(error, OSError) and error.filename is not None:
        reason = error.strerror or type(error).__name__
        return SubmissionFault(FaultKind.UNREADABLE, file=str(error.filename), error=reason)
    return SubmissionFault(FaultKind.ENGINE, error=f"{type(error).__name__}: {error}")
