"""The error that a student's code raised, in words alone."""

from dataclasses import dataclass

from autograder import coding


@dataclass(frozen=True)
class Raised:
    """The error that a student's code raised."""

    error: str
    message: str

    @property
    def is_stub(self) -> bool:
        """Whether this is how an exercise without an answer ends."""
        return is_stub(self.error, self.message)

    def __str__(self) -> str:
        return f"{self.error}: {self.message}" if self.message else self.error


def is_stub(error: str, message: str) -> bool:
    """An exercise's stub raises NotImplementedError without a message, as nbgrader writes it."""
    return error == "NotImplementedError" and not message


coding.may_cross(Raised)
