"""Replays traces in a process of their own: what a student recorded could crash, or never end, who replays it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder import coding
from autograder.checks.losses import Lost
from autograder.kinds import LossKind
from autograder.network import CannotReplay, NotEvidence, Trace, evidence
from autograder.network import field as fields
from autograder.network.field import Field
from autograder.network.replaying import Given
from autograder.network.trace import read_trace
from autograder.network.way import Reading


@dataclass(frozen=True)
class NoReading:
    """There is no reading: the trace is no evidence or, where `unknown` says why, it can't be replayed."""

    unknown: str | None = None


coding.may_cross(NoReading)


def reading(trace: Trace, inputs: Given, others: Given) -> Reading | NoReading:
    """What replays tell of a trace, on the side that replays; the arguments as of `evidence.confirmed`."""
    try:
        return evidence.confirmed(trace, inputs, others).reading
    except NotEvidence:
        return NoReading()
    except CannotReplay as error:
        return NoReading(str(error))


def field(trace: Trace, others: Given, enough: int, on_the_way: list[int]) -> Field | NoReading | None:
    """What replays tell of how far a value sees, on the side that replays; the arguments as of `field.field_of`."""
    try:
        return fields.field_of(trace, others, enough, on_the_way)
    except CannotReplay as error:
        return NoReading(str(error))


def confirmed(trace: Trace, inputs: Given, others: Given, ask: Callable[..., Any]) -> Trace:
    """As `evidence.confirmed`; `ask` puts a question to the process that replays, which may be lost over it.

    CannotReplay where a limit was met, too. A trace over which the process dies is no evidence: what a network
    really ran can be replayed.
    """
    found = ask("reading", trace, inputs, others)
    if isinstance(found, Reading):
        return read_trace(trace, found)
    _require_told(found)
    raise NotEvidence


def field_of(
    trace: Trace, others: Given, enough: int, on_the_way: list[int], ask: Callable[..., Any]
) -> Field | None:
    """As `field.field_of`, by a question to the process that replays; of a trace that is confirmed."""
    found = ask("field", trace, others, enough, on_the_way)
    if found is None or isinstance(found, Field):
        return found
    _require_told(found)
    raise CannotReplay("the process that replays has ended")


def _require_told(found: Any) -> None:
    if isinstance(found, Lost) and found.cause not in (LossKind.ENDED, LossKind.GARBLED):
        raise CannotReplay(str(found.told))
    if isinstance(found, NoReading) and found.unknown is not None:
        raise CannotReplay(found.unknown)
