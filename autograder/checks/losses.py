"""Why a student's process did not live to answer, and how the notebook says so."""

from dataclasses import dataclass

from autograder.checks.messages import Message, _
from autograder.kinds import LossKind


@dataclass(frozen=True)
class Lost:
    """The student's process did not live to answer: why, and the limit that it met, if any."""

    cause: LossKind
    limit: int = 0

    @property
    def told(self) -> Message:
        return LOSSES[self.cause].filled(limit=self.limit)

    def __str__(self) -> str:
        return self.told.text("en")


class Interrupted(Lost):
    """What took too long was stopped, as by Ctrl-C; the process lives, and what it did until then stays."""


LOSSES: dict[LossKind, Message] = {
    LossKind.ENDED: _("the process ended"),
    LossKind.CPU: _("it computed for more than {limit} s"),
    LossKind.WALL: _("it took more than {limit} s"),
    LossKind.TOTAL: _("the submission as a whole took more than {limit} s"),
    LossKind.MEMORY: _("it took more than {limit} MB of memory"),
    LossKind.PROCESSES: _("it started more than {limit} processes"),
    LossKind.LEFT_RUNNING: _("it left so much running that fewer than {limit} threads and processes could be added"),
    LossKind.MEMORY_KEPT: _("it left less than {limit} MB of memory to the cells after it"),
    LossKind.GARBLED: _("what came back was too much, or not what was asked for"),
}
LOST_CELL = _("This cell was stopped: {lost}. The rest of the notebook ran without it.")
STOPPED_CELL = _("This cell was stopped: {lost}. What it did until then stays.")
NOT_RUN = _("This cell was not run, or not to its end: {lost}.")
# What the tests say that miss what a cell was to give.
CELL_LOST = _("Cell `{cell}` was stopped: {lost}.")
CELL_RAISED = _("Cell `{cell}` has stopped with an error: {error}.")
CELL_IS_NO_CODE = _("Cell `{cell}` has a syntax error in line {line}: {error}.")
LEFT_OUT = _("What this cell showed is left out: the notebook shows more than {megabytes} MB.")
