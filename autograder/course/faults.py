"""What is wrong with a course, where, and what to do about it."""

from dataclasses import dataclass

from autograder.checks.messages import Message


@dataclass(frozen=True)
class Fault:
    """A fault of a file, in a cell if it is in one; `told` and `mend` end without a full stop."""

    file: str
    cell: str
    told: Message
    mend: Message

    @property
    def problem(self) -> str:
        return str(self.told)

    @property
    def remedy(self) -> str:
        return str(self.mend)

    def __str__(self) -> str:
        where = f"{self.file}, cell {self.cell}" if self.cell else self.file
        return f"{where}: {self.problem}. {self.remedy}."


class ReleaseError(Exception):
    """The course can't be released; what was released before stays as it was."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)
