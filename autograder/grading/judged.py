"""What a test showed, whoever judged it, and how an error is shown."""

import traceback
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.checks import CouldNotTell
from autograder.checks.verdicts import Broken
from autograder.digests import PACKAGE
from autograder.kinds import OddityKind

CELL = "<test cell>"  # the name of its file, in tracebacks


@dataclass(frozen=True)
class Judged:
    """What a test showed, from which nbgrader reads the mark; where there is an `oddity`, that is why it is none.

    `depicted` is what a picture of its message shows, as JSON can hold it; `broken` tells of a rule that stopped.
    """

    outputs: list[NotebookNode]
    oddity: OddityKind | None = None
    depicted: Any | None = None
    broken: Broken | None = None


def error_output(error: Exception) -> NotebookNode:
    """The error as an output of the cell that raised it."""
    render = getattr(error, "_render_traceback_", lambda: traceback.format_exception_only(error))
    lines = [line.rstrip("\n") for line in render()]
    name = CouldNotTell.__name__ if _is_graders_fault(error) else type(error).__name__
    return new_output("error", ename=name, evalue=str(error), traceback=lines)


def _is_graders_fault(error: Exception) -> bool:
    """Whether it was raised in this package, or in what that called; what a test itself calls may refuse an answer."""
    if isinstance(error, CouldNotTell | NameError):
        return True
    if isinstance(error, AssertionError):
        return False
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    called = list(takewhile(lambda file: file != CELL, reversed(files)))
    return len(called) == len(files) or any(Path(file).is_relative_to(PACKAGE) for file in called)
