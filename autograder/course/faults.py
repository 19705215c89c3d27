"""What is wrong with a course, where, and what to do about it."""

from dataclasses import dataclass

from autograder.checks.messages import Message


@dataclass(frozen=True)
class Fault:
    """A fault of a file, in a cell if it is in one; `told` and `mend` end without a full stop.

    `lines` are such as mend it, once they are in the file.
    """

    file: str
    cell: str
    told: Message
    mend: Message
    lines: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        return str(self.told)

    @property
    def remedy(self) -> str:
        return str(self.mend)

    def __str__(self) -> str:
        where = f"{self.file}, cell {self.cell}" if self.cell else self.file
        return f"{where}: {sentence(self.problem)} {sentence(self.remedy)}"


def sentence(text: str) -> str:
    """The text with a full stop, unless what it quotes at its end has one."""
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."


class ReleaseError(Exception):
    """The course can't be released; what was released before stays as it was."""

    def __init__(self, faults: list[Fault]):
        self.faults = tuple(dict.fromkeys(faults))  # what both languages share is told once
        super().__init__("\n".join(map(str, self.faults)))
