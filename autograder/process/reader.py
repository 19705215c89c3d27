"""Replays traces in a process of their own: what a student recorded could crash, or never end, who replays it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import torch

from autograder.checks.subject import Lost
from autograder.kinds import LossKind
from autograder.network import CannotReplay, NotEvidence, Trace, coding, evidence
from autograder.network.trace import fields_of
from autograder.network.way import Reading

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Confirmation:
    """Whether a trace is evidence, and of all that the network does; `unknown` says why it could not be replayed."""

    is_evidence: bool
    is_followed: bool = False
    unknown: str | None = None


coding.may_cross(Confirmation)


class Reader:
    """The side that replays; it keeps each trace that it has confirmed, by its number."""

    def __init__(self) -> None:
        self._confirmed: dict[int, Trace] = {}

    def confirm(self, number: int, trace: Trace, images: torch.Tensor, others: torch.Tensor) -> Confirmation:
        """Whether the trace is evidence; the network was observed on `images`, and ran unwatched on `others`."""
        try:
            self._confirmed[number], is_followed = evidence.confirmed(trace, images, others)
        except NotEvidence:
            return Confirmation(False)
        except CannotReplay as error:
            return Confirmation(False, unknown=str(error))
        return Confirmation(True, is_followed)

    def read(self, number: int) -> Reading | Confirmation:
        """All that replays tell of a trace that was confirmed; KeyError where another process did."""
        try:
            return self._confirmed[number].reading
        except CannotReplay as error:
            return Confirmation(True, unknown=str(error))


@dataclass(frozen=True)
class _ReadElsewhere(Trace):
    """A confirmed trace, which a trusted process reads when something is asked of it that needs reading."""

    recorded: tuple[int, Trace, torch.Tensor, torch.Tensor] = field(repr=False)  # what `confirm` is asked
    ask: Callable[..., Any] = field(repr=False)

    @cached_property
    def reading(self) -> Reading:
        number, *_recorded = self.recorded
        found = _answered(self.ask("read", number), Reading)
        if found is None:  # the process was made anew since
            self.ask("confirm", *self.recorded)
            found = _answered(self.ask("read", number), Reading)
        if found is None:
            raise NotEvidence
        return found


def confirmed(
    number: int, trace: Trace, images: torch.Tensor, others: torch.Tensor, ask: Callable[..., Any]
) -> tuple[Trace, bool]:
    """As `evidence.confirmed`; `ask` puts a question to the process that replays, which may be lost over it.

    CannotReplay where a limit was met, too.
    """
    recorded = number, trace, images, others
    found = _answered(ask("confirm", *recorded), Confirmation)
    if found is None or not found.is_evidence:
        raise NotEvidence
    return _ReadElsewhere(**fields_of(trace), recorded=recorded, ask=ask), found.is_followed


def _answered(answer: Any, kind: type[Answer]) -> Answer | None:
    """The answer; None where the process crashed, as over no replay of a network that ran."""
    if isinstance(answer, Lost) and answer.cause not in (LossKind.ENDED, LossKind.GARBLED):
        raise CannotReplay(str(answer.told))
    if isinstance(answer, Confirmation) and answer.unknown is not None:
        raise CannotReplay(answer.unknown)
    return answer if isinstance(answer, kind) else None
