"""What is wrong with a course, where, and what to do about it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.checks.messages import Message, _
from autograder.faults import reason_of


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


@contextmanager
def system_faults(course_root: Path) -> Iterator[None]:
    """An OSError in the body, such as of a file that can't be read or written, is a fault of that file."""
    try:
        yield
    except OSError as error:
        file = os.path.relpath(os.fsdecode(error.filename), course_root) if error.filename else str(course_root)
        told = _("the system refuses access ({error})", error=reason_of(error))
        raise ReleaseError(
            [Fault(file, "", told, _("Give yourself the right to read and write there, or make room"))]
        ) from error
