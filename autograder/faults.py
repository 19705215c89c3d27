"""Faults that have a kind, by which each is told in the reader's language; what a reader sees is in `cli/faults.py`."""

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.kinds import FaultKind

MOST_LETTERS = 500  # of a particular of a submission: a name or an error can be of any length


class NamedFault(Exception):
    """Which fault it is, and the particulars that its message needs."""

    def __init__(self, fault: FaultKind, **details: str) -> None:
        super().__init__(fault, details)
        self.fault = fault
        self.details = details


class CourseFault(NamedFault):
    """The course itself can't be marked, or what was asked can't be done with it."""


@contextmanager
def course_fault(fault: FaultKind, file: str) -> Iterator[None]:
    """An OSError in the body is this fault of the course, whichever of its files it is of."""
    try:
        yield
    except OSError as error:
        raise CourseFault(fault, file=file, error=reason_of(error)) from error


def reason_of(error: OSError) -> str:
    """What the system says of it, without the name of the file."""
    return error.strerror or str(error) or type(error).__name__


class SubmissionFault(NamedFault):
    """A submission that can't be marked; long particulars are cut short."""

    def __init__(self, fault: FaultKind, **details: str) -> None:
        super().__init__(fault, **{name: value[:MOST_LETTERS] for name, value in details.items()})
