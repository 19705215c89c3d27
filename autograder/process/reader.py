"""Replays traces in a process of their own: what a student recorded could crash, or never end, who replays it."""

from dataclasses import dataclass

import torch

from autograder.checks.subject import Lost
from autograder.network import CannotReplay, Trace, coding
from autograder.network.evidence import is_evidence
from autograder.network.parameters import ParameterTensor
from autograder.network.way import Reading


@dataclass(frozen=True)
class Read:
    """What replaying a trace told; no reading where it is no evidence, or was not to be read."""

    is_evidence: bool
    reading: Reading | None = None
    parameters: tuple[ParameterTensor, ...] = ()
    unknown: str | None = None  # why it could not be replayed


coding.may_cross(Read)


def read_trace(trace: Trace, images: torch.Tensor) -> Read:
    """Whether the trace is evidence, and if so what it tells; `images` is what the network was observed on."""
    try:
        if not is_evidence(trace, images):
            return Read(False)
        if trace.output is None:
            return Read(True)
        return Read(True, *trace.reading())
    except CannotReplay as error:
        return Read(False, unknown=str(error))


def confirmed(trace: Trace, found: Read | Lost) -> Trace | None:
    """The trace with what was read of it, if it is evidence.

    CannotReplay where it was not known how to replay it, or a limit was met; a replay that crashes is none of a
    network that ran.
    """
    if isinstance(found, Lost):
        if found.cause in ("ended", "garbled"):
            return None
        raise CannotReplay(str(found.told))
    if found.unknown is not None:
        raise CannotReplay(found.unknown)
    if not found.is_evidence:
        return None
    return trace.with_reading(found.reading, found.parameters) if found.reading else trace
