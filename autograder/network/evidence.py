"""Taking a trace from someone who may have made it up: it counts only if its operators give its output."""

import math
from collections import Counter

import torch

from autograder.network.allowed import CannotReplay, NotEvidence
from autograder.network.records import LONE, LONGEST_NAME, MOST_OUTPUTS, OwnedTensor, Storage, View, is_recordable
from autograder.network.replaying import (
    Given,
    is_kind_of,
    names_given,
    recorded_inputs,
    same_numbers,
    tensors_given,
)
from autograder.network.tensors import itemsize
from autograder.network.trace import Trace, read_trace
from autograder.network.way import read

MOST_OPERATORS = 10_000
MOST_ELEMENTS = 2**25  # of one tensor: 128 MiB of float32
MOST_ELEMENTS_IN_ALL = 2**28


def confirmed(trace: Trace, inputs: Given, others: Given) -> Trace:
    """The trace with its reading; NotEvidence unless it is of these inputs and its operators, executed here, agree.

    `others` are the inputs on which the network ran unwatched. CannotReplay where an operator is not known, or the
    trace is larger than a replay may be. A trace without outputs speaks only against the network.
    """
    given = tensors_given(inputs)
    if not _is_of(trace, given, names_given(inputs)) or not _is_well_formed(trace):
        raise NotEvidence
    if trace.outputs:
        _require_bounds(trace)
        if not all(map(same_numbers, recorded_inputs(trace), given)):
            raise NotEvidence
    return read_trace(trace, read(trace, others))


def _is_of(trace: Trace, inputs: tuple[torch.Tensor, ...], names: tuple[str, ...]) -> bool:
    """Whether it says to be made on inputs of this kind, and what it says of its outputs fits together."""
    outputs = [each.name for each in trace.outputs]
    return (
        is_kind_of(trace, inputs)
        and tuple(each.name for each in trace.inputs) == names
        and len({each.view.storage for each in trace.inputs}) == len(names)
        and len(set(outputs)) == len(outputs) <= MOST_OUTPUTS
        and all(len(name) <= LONGEST_NAME for name in outputs)
        and (LONE in outputs) == (trace.returned is None and trace.stopped is None)
        and not (outputs and trace.stopped)
        and (LONE not in outputs or len(outputs) == 1)
    )


def _is_well_formed(trace: Trace) -> bool:
    """Whether its parts name each other as those of an observed trace do."""
    given = (each for operator in trace.operators for each in (operator.arguments, *operator.options.values()))
    storages = {storage.number: storage for storage in trace.storages}
    shared = Counter(storage for storage, _number in {(owned.storage, owned.number) for owned in trace.owned})
    views = [view for operator in trace.operators for view in (*operator.inputs, *operator.outputs)]
    return (
        all(map(is_recordable, given))
        and len(storages) == len(trace.storages)
        and all(map(_has_its_bytes, trace.storages))
        and all(_lies_in(view, storages) for view in (*views, *(each.view for each in (*trace.inputs, *trace.outputs))))
        and all(_is_whole(each.view, storages) for each in trace.inputs)
        and all(_is_counted_whole(owned, shared[owned.storage] == 1, storages, views) for owned in trace.owned)
    )


def _has_its_bytes(storage: Storage) -> bool:
    return storage.nbytes >= 0 and (storage.content is None or len(storage.content) == storage.nbytes)


def _lies_in(view: View, storages: dict[int, Storage]) -> bool:
    kind = getattr(torch, view.dtype, None)
    sides = (*view.shape, *view.stride, view.offset)
    if view.storage not in storages or not isinstance(kind, torch.dtype) or any(side < 0 for side in sides):
        return False
    if len(view.shape) != len(view.stride):
        return False
    if 0 in view.shape:
        return True
    last = view.offset + sum((size - 1) * stride for size, stride in zip(view.shape, view.stride, strict=True))
    return (last + 1) * kind.itemsize <= storages[view.storage].nbytes


def _is_whole(view: View, storages: dict[int, Storage]) -> bool:
    """Whether the view shows all of its storage, which hides nothing behind it."""
    return view.storage in storages and _elements(view) * itemsize(view) == storages[view.storage].nbytes


def _is_counted_whole(owned: OwnedTensor, alone: bool, storages: dict[int, Storage], views: list[View]) -> bool:
    """Whether a registered tensor claims no fewer elements than operators read of it.

    `alone` says that no other registered tensor lies in the same storage.
    """
    if owned.storage not in storages or not 0 <= owned.elements <= owned.storage_elements:
        return False
    read = [view for view in views if view.storage == owned.storage]
    if not read:
        return True
    widest = max(map(itemsize, read))  # a complex tensor may be read as pairs of real numbers, too
    whole = storages[owned.storage].nbytes // widest
    most = max(_elements(view) * itemsize(view) for view in read)
    return owned.storage_elements >= whole and (not alone or owned.elements * widest >= most)


def _elements(view: View) -> int:
    """How many different places of its storage the view shows, at the most."""
    return math.prod(size for size, stride in zip(view.shape, view.stride, strict=True) if stride)


def _require_bounds(trace: Trace) -> None:
    if len(trace.operators) > MOST_OPERATORS:
        raise CannotReplay(f"the network executes {len(trace.operators)} operators, more than {MOST_OPERATORS}")
    elements = [math.prod(view.shape) for operator in trace.operators for view in operator.outputs]
    if max(elements, default=0) > MOST_ELEMENTS or sum(elements) > MOST_ELEMENTS_IN_ALL:
        raise CannotReplay("the network's feature maps are larger than a replay may be")
