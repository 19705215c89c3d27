"""What goes wrong with one submission is that submission's fault: it is not marked, and the others are."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from autograder.grading.results import CourseFault, NotMarked
from autograder.kinds import FaultKind
from autograder.process.warm import CannotStart

MOST_LETTERS = 500  # of a particular in a message: a name or an error can be of any length

Given = ParamSpec("Given")
Found = TypeVar("Found")


class SubmissionFault(Exception):
    """A submission that can't be marked: which fault, and the particulars its message needs."""

    def __init__(self, fault: FaultKind, **details: str) -> None:
        super().__init__(fault, details)
        self.fault = fault
        self.details = {name: value[:MOST_LETTERS] for name, value in details.items()}


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
