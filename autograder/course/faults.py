"""What is wrong with a course, where, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    file: str
    cell: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, cell {self.cell}" if self.cell else self.file
        return f"{where}: {self.problem}. {self.remedy}."


class ReleaseError(Exception):
    """The course can't be released; what was released before stays as it was."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)
