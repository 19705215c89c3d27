"""Replays traces in a process of their own: what a student recorded could crash, or never end, who replays it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, TypeVar

import torch

from autograder.checks.subject import Lost
from autograder.kinds import LossKind
from autograder.network import CannotReplay, NotEvidence, Trace, coding
from autograder.network.evidence import is_evidence
from autograder.network.way import Reading

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Confirmation:
    """Whether a trace is evidence; `unknown` says why it could not be replayed."""

    is_evidence: bool
    unknown: str | None = None


coding.may_cross(Confirmation)


class Reader:
    """The side that replays; it keeps each trace that it has confirmed, by its number."""

    def __init__(self) -> None:
        self._confirmed: dict[int, Trace] = {}

    def confirm(self, number: int, trace: Trace, images: torch.Tensor) -> Confirmation:
        """Whether the trace is evidence; `images` is what the network was observed on."""
        try:
            found = Confirmation(is_evidence(trace, images))
        except CannotReplay as error:
            return Confirmation(False, unknown=str(error))
        if found.is_evidence:
            self._confirmed[number] = trace
        return found

    def read(self, number: int) -> Reading | Confirmation:
        """All that replays tell of a trace that was confirmed; KeyError where another process did."""
        try:
            return self._confirmed[number].reading
        except CannotReplay as error:
            return Confirmation(True, unknown=str(error))


@dataclass(frozen=True)
class _ReadElsewhere(Trace):
    """A confirmed trace, which a trusted process reads when something is asked of it that needs reading."""

    recorded: tuple[int, Trace, torch.Tensor] = field(repr=False)  # its number, and what it was observed on
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


def confirmed(number: int, trace: Trace, images: torch.Tensor, ask: Callable[..., Any]) -> Trace | None:
    """The trace, if it is evidence; `ask` puts a question to the process that replays, which may be lost over it.

    CannotReplay where it was not known how to replay it, or a limit was met.
    """
    found = _answered(ask("confirm", number, trace, images), Confirmation)
    if found is None or not found.is_evidence:
        return None
    parts = {each.name: getattr(trace, each.name) for each in fields(Trace)}
    return _ReadElsewhere(**parts, recorded=(number, trace, images), ask=ask)


def _answered(answer: Any, kind: type[Answer]) -> Answer | None:
    """The answer; None where the process crashed, as over no replay of a network that ran."""
    if isinstance(answer, Lost) and answer.cause not in (LossKind.ENDED, LossKind.GARBLED):
        raise CannotReplay(str(answer.told))
    if isinstance(answer, Confirmation) and answer.unknown is not None:
        raise CannotReplay(answer.unknown)
    return answer if isinstance(answer, kind) else None
