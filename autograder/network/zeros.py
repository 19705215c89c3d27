"""The trace with other numbers for parameters that are zero: training changes them, and may open what they shut."""

from dataclasses import replace

import torch

from autograder.network.disturbance import noise
from autograder.network.records import Recording, Storage
from autograder.network.replaying import recorded_inputs, replay
from autograder.network.tensors import bytes_of

NEARLY_ZERO = 1e-3  # LayerScale begins with 1e-5, what goes without a scale with a hundredth and more
OTHERS = 0.1  # the standard deviation of what they become


def without_zeros(trace: Recording) -> Recording:
    """The same operators with noise for parameters that are zero, or nearly; the trace itself where none are."""
    dtypes = {view.storage: getattr(torch, view.dtype) for each in trace.operators for view in each.inputs}
    parameters = {each.storage for each in trace.owned if each.kind == "parameter"}
    others = {
        each.number: _other(each, dtypes[each.number])
        for each in trace.storages
        if each.number in parameters and each.content and _is_zero(each.content, dtypes.get(each.number))
    }
    if not others:
        return trace
    changed = replace(trace, storages=tuple(others.get(each.number, each) for each in trace.storages))
    found = zip(trace.outputs, replay(changed, recorded_inputs(changed)), strict=True)
    return replace(changed, outputs=tuple(replace(each, content=bytes_of(output)) for each, output in found))


def _is_zero(content: bytes, dtype: torch.dtype | None) -> bool:
    if dtype is None or not dtype.is_floating_point:
        return False
    return float(torch.frombuffer(bytearray(content), dtype=dtype).abs().max()) < NEARLY_ZERO


def _other(storage: Storage, dtype: torch.dtype) -> Storage:
    return replace(storage, content=bytes_of(OTHERS * noise((storage.nbytes // dtype.itemsize,)).to(dtype)))
