"""Which tensors of a trace a parameter budget counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from autograder.network.flow import FACTORIES, computed_from_input
from autograder.network.records import Operator

if TYPE_CHECKING:
    from autograder.network.trace import Trace

# Operators in which a constant is only added, compared or put beside the map.
FREE_FOR_CONSTANTS = frozenset(
    """
    add sub rsub cat stack copy maximum minimum clamp clamp_min clamp_max gt ge lt le eq ne
    slice_scatter select_scatter constant_pad_nd
    """.split()
)
BATCH_NORMS = frozenset(
    """
    native_batch_norm batch_norm cudnn_batch_norm _native_batch_norm_legit _native_batch_norm_legit_no_training
    _batch_norm_with_update
    """.split()
)
RUNNING_STATISTICS = slice(3, 5)  # running_mean and running_var among a batch norm's arguments
EMPTY = frozenset("empty empty_like empty_strided new_empty new_empty_strided zeros zeros_like new_zeros".split())


@dataclass(frozen=True)
class ParameterTensor:
    """One storage that the budget counts; `hidden` is what the network reads without having registered it."""

    name: str
    elements: int
    kind: str  # "parameter", "buffer" or "hidden"


def counted_parameters(trace: "Trace") -> tuple[ParameterTensor, ...]:
    """Registered parameters and buffers, then what is read as a weight or bias unregistered; each storage once.

    Free are running statistics of normalisation layers, and constants that are only added, compared or concatenated.
    """
    weights, constants = _roles(trace)
    counted: dict[int, ParameterTensor] = {}
    for owned in trace.owned:
        only_constant = owned.storage in constants - weights
        only_statistic = owned.running_statistic and owned.storage not in weights
        if owned.storage not in counted and (owned.kind == "parameter" or not (only_constant or only_statistic)):
            counted[owned.storage] = ParameterTensor(owned.name, owned.storage_elements, owned.kind)
    registered = {owned.storage for owned in trace.owned}
    for storage in sorted(weights - registered):
        counted[storage] = ParameterTensor("", _elements(trace, storage), "hidden")
    return tuple(counted.values())


def _roles(trace: "Trace") -> tuple[set[int], set[int]]:
    """Storages not computed from the input: those that weigh it, and those only set beside it."""
    registered = {owned.storage for owned in trace.owned}
    tainted = {trace.input.storage}
    roots: dict[int, set[int]] = {}
    weights: set[int] = set()
    constants: set[int] = set()

    def roots_of(storage: int) -> set[int]:
        return roots.get(storage, {storage})

    for operator in trace.operators:
        read = operator.inputs
        if computed_from_input(operator, tainted):
            # What is not made of something registered in the network is no statistic of one of its layers.
            running = {each for each in _running_statistics(operator) if roots_of(each) <= registered}
            beside = operator.family.rstrip("_") in FREE_FOR_CONSTANTS
            for view in read:
                if view.storage not in tainted | running:
                    (constants if beside else weights).update(roots_of(view.storage))
            tainted |= {view.storage for view in operator.outputs}
        else:
            _derive(operator, roots)
    return weights, constants


def _derive(operator: Operator, roots: dict[int, set[int]]) -> None:
    """Notes what an operator's output, not computed from the input, is made of."""
    family = operator.family.rstrip("_")
    sources = set() if family in FACTORIES else {view.storage for view in operator.inputs}
    origins = set().union(*(roots.get(source, {source}) for source in sources))
    for view in operator.outputs:
        if view.storage in sources:  # a view, or written in place
            blank = roots.get(view.storage) == set()
            others = set().union(*(roots.get(each, {each}) for each in sources - {view.storage}))
            if others or not blank:
                roots[view.storage] = roots.get(view.storage, {view.storage}) | others
            elif operator.writes:  # filled in place: a tensor of its own from now on
                roots[view.storage] = {view.storage}
        elif family in EMPTY:
            roots[view.storage] = set()
        else:
            roots[view.storage] = origins or {view.storage}


def _running_statistics(operator: Operator) -> set[int]:
    """Storages that a batch norm reads as running statistics."""
    if operator.family not in BATCH_NORMS:
        return set()
    return {view.storage for view in operator.arguments[RUNNING_STATISTICS] if view is not None}


def _elements(trace: "Trace", number: int) -> int:
    views = [view for operator in trace.operators for view in operator.inputs if view.storage == number]
    nbytes = next(storage.nbytes for storage in trace.storages if storage.number == number)
    return nbytes // getattr(torch, views[0].dtype).itemsize
