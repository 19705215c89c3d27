"""The error that a student's code raised, in words alone."""

from dataclasses import dataclass
from typing import Self

from autograder import coding
from autograder.checks.messages import one_line


@dataclass(frozen=True)
class Raised:
    """The error that a student's code raised."""

    error: str
    message: str

    @classmethod
    def by(cls, error: BaseException) -> Self:
        """What is told of the error: its name and text, short."""
        return cls(one_line(type(error).__name__), one_line(text_of(error)))

    @property
    def is_stub(self) -> bool:
        """Whether this is how an exercise without an answer ends."""
        return is_stub(self.error, self.message)

    def __str__(self) -> str:
        return f"{self.error}: {self.message}" if self.message else self.error


def text_of(error: BaseException) -> str:
    """What the error says; nothing where a student's `__str__` raises, whatever that is."""
    try:
        return str(error)
    except KeyboardInterrupt:  # whoever stops the code stops this, too
        raise
    except BaseException:
        return ""


def is_stub(error: str, message: str) -> bool:
    """An exercise's stub raises NotImplementedError without a message, as nbgrader writes it."""
    return error == "NotImplementedError" and not message


coding.may_cross(Raised)
