"""Taking a trace from someone who may have made it up: it counts only if its operators give its output."""

import math
from collections import Counter

import torch

from autograder.network.allowed import CannotReplay
from autograder.network.coding import tensor_of
from autograder.network.records import OwnedTensor, Storage, View, is_recordable
from autograder.network.replay import recorded_input, replay, same_numbers
from autograder.network.trace import Trace

MOST_OPERATORS = 10_000
MOST_ELEMENTS = 2**25  # of one tensor: 128 MiB of float32
MOST_ELEMENTS_IN_ALL = 2**28


class NotEvidence(Exception):
    """A trace that is none, or that seemed to be some: who went on to read it did not live to tell."""


def is_evidence(trace: Trace, input: torch.Tensor) -> bool:
    """Whether the trace was made on this input, and its operators, executed here, give the output that it names.

    A trace without an output has nothing to confirm, and speaks only against the network. CannotReplay where an
    operator is not known, or the trace is larger than a replay may be.
    """
    if trace.input.shape != tuple(input.shape) or not _is_well_formed(trace):
        return False
    if trace.output is None:
        return True
    _require_bounds(trace)
    try:
        output, is_its_input = trace.output_tensor, same_numbers(recorded_input(trace), input)
        return output is not None and is_its_input and same_numbers(replay(trace, input), output)
    except (RuntimeError, ValueError, IndexError, TypeError):
        return False  # no operators of a network that ran


def confirmed(trace: Trace, input: torch.Tensor, other: torch.Tensor) -> tuple[Trace, bool]:
    """The trace, and whether it `is_followed`; NotEvidence where it is none, CannotReplay as for `is_evidence`."""
    if not is_evidence(trace, input):
        raise NotEvidence
    return trace, is_followed(trace, other)


def is_followed(trace: Trace, other: torch.Tensor) -> bool:
    """Whether the recorded operators are all that the network does: on `other` they give what it gave unwatched.

    Of a trace that is evidence. What passes through NumPy or Python numbers, what depends on the image which operators
    run, and what is done only while it is watched, is not in the operators.
    """
    if trace.output is None or trace.unwatched_content is None:
        return trace.output is None and trace.unwatched_content is None
    try:
        unwatched = tensor_of(trace.unwatched_content, trace.output.dtype, trace.output.shape)
        return same_numbers(replay(trace, other), unwatched)
    except (RuntimeError, ValueError, IndexError, TypeError):
        return False


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
        and all(_lies_in(view, storages) for view in (trace.input, *views, *([trace.output] if trace.output else ())))
        and _is_whole(trace.input, storages)
        and all(_is_counted_whole(owned, shared[owned.storage] == 1, storages, views) for owned in trace.owned)
    )


def _has_its_bytes(storage: Storage) -> bool:
    return storage.nbytes >= 0 and (storage.content is None or len(storage.content) == storage.nbytes)


def _lies_in(view: View, storages: dict[int, Storage]) -> bool:
    kind = getattr(torch, view.dtype, None)
    sides = (*view.shape, *view.stride, view.offset)
    if view.storage not in storages or not isinstance(kind, torch.dtype) or any(side < 0 for side in sides):
        return False
    if len(view.shape) != len(view.stride) or 0 in view.shape:
        return len(view.shape) == len(view.stride)
    last = view.offset + sum((size - 1) * stride for size, stride in zip(view.shape, view.stride, strict=True))
    return (last + 1) * kind.itemsize <= storages[view.storage].nbytes


def _is_whole(view: View, storages: dict[int, Storage]) -> bool:
    """Whether the view shows all of its storage, which hides nothing behind it."""
    return view.storage in storages and _elements(view) * _itemsize(view) == storages[view.storage].nbytes


def _is_counted_whole(owned: OwnedTensor, alone: bool, storages: dict[int, Storage], views: list[View]) -> bool:
    """Whether a registered tensor claims no fewer elements than operators read of it.

    `alone` says that no other registered tensor lies in the same storage.
    """
    if owned.storage not in storages or not 0 <= owned.elements <= owned.storage_elements:
        return False
    read = [view for view in views if view.storage == owned.storage]
    if not read:
        return True
    itemsize = max(map(_itemsize, read))  # a complex tensor may be read as pairs of real numbers, too
    whole = storages[owned.storage].nbytes // itemsize
    most = max(_elements(view) * _itemsize(view) for view in read)
    return owned.storage_elements >= whole and (not alone or owned.elements * itemsize >= most)


def _elements(view: View) -> int:
    """How many different places of its storage the view shows, at the most."""
    return math.prod(size for size, stride in zip(view.shape, view.stride, strict=True) if stride)


def _itemsize(view: View) -> int:
    return getattr(torch, view.dtype).itemsize


def _require_bounds(trace: Trace) -> None:
    if len(trace.operators) > MOST_OPERATORS:
        raise CannotReplay(f"the network executes {len(trace.operators)} operators, more than {MOST_OPERATORS}")
    elements = [math.prod(view.shape) for operator in trace.operators for view in operator.outputs]
    if max(elements, default=0) > MOST_ELEMENTS or sum(elements) > MOST_ELEMENTS_IN_ALL:
        raise CannotReplay("the network's feature maps are larger than a replay may be")
