"""The trace with other numbers for parameters that are zero: training changes them, and may open what they shut."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import torch

from autograder.network.differences import noise
from autograder.network.records import Recording
from autograder.network.replaying import recorded_inputs, replay
from autograder.network.tensors import bytes_of, dtype_of

NEARLY_ZERO = 1e-3  # LayerScale begins with 1e-5, what goes without a scale with a hundredth and more
OTHERS = 0.1  # how large they become, at least


def without_zeros(trace: Recording) -> Iterator[Recording]:
    """The same operators with numbers of either sign for parameters that are zero, or nearly; and with their opposites.

    Nothing where no parameter is.
    """
    dtypes = {view.storage: dtype_of(view) for each in trace.operators for view in each.inputs}
    parameters = {each.storage for each in trace.owned if each.kind == "parameter"}
    contents = {
        each.number: torch.frombuffer(bytearray(each.content), dtype=dtypes[each.number])
        for each in trace.storages
        if each.number in parameters and each.number in dtypes and each.content
    }
    zeros = {number: each.abs() < NEARLY_ZERO for number, each in contents.items() if each.is_floating_point()}
    if any(bool(each.any()) for each in zeros.values()):
        for sign in (1, -1):
            filled = {number: _filled(number, contents[number], each, sign) for number, each in zeros.items()}
            yield _with(trace, filled)


def _filled(number: int, content: torch.Tensor, zeros: torch.Tensor, sign: int) -> torch.Tensor:
    """The content of a storage with numbers in place of zeros, none of them small, and others in each storage."""
    drawn = noise((number + len(content),))[number:]
    return torch.where(zeros, (sign * OTHERS * (drawn + drawn.sign())).to(content.dtype), content)


def _with(trace: Recording, contents: Mapping[int, torch.Tensor]) -> Recording:
    """The trace as it is with these contents of storages."""
    storages = (
        replace(each, content=bytes_of(contents[each.number])) if each.number in contents else each
        for each in trace.storages
    )
    changed = replace(trace, storages=tuple(storages))
    found = zip(trace.outputs, replay(changed, recorded_inputs(changed)), strict=True)
    return replace(changed, outputs=tuple(replace(each, content=bytes_of(output)) for each, output in found))
