"""Which tensors of a trace a parameter budget counts."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from autograder.network.disturbance import Disturbance
from autograder.network.flow import FACTORIES, INPUT, computed_from_input
from autograder.network.records import Operator, Recording, View
from autograder.network.replay import recorded_input, replay

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
# Which arguments of an operator are multiplied with each other, or weigh its result.
MULTIPLIED = {"convolution": (0, 1), "mm": (0, 1), "bmm": (0, 1), "addmm": (1, 2), "baddbmm": (1, 2)}
Place = tuple[int, int]
EMPTY = frozenset("empty empty_like empty_strided new_empty new_empty_strided zeros zeros_like new_zeros".split())


@dataclass(frozen=True)
class ParameterTensor:
    """One storage that the budget counts; `hidden` is what the network reads without having registered it."""

    name: str
    elements: int
    kind: str  # "parameter", "buffer" or "hidden"


def counted_parameters(trace: Recording) -> tuple[ParameterTensor, ...]:
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
    return (*counted.values(), *_weights_that_ignore_the_input(trace))


def _roles(trace: Recording) -> tuple[set[int], set[int]]:
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


def _elements(trace: Recording, number: int) -> int:
    views = [view for operator in trace.operators for view in operator.inputs if view.storage == number]
    nbytes = next(storage.nbytes for storage in trace.storages if storage.number == number)
    return nbytes // getattr(torch, views[0].dtype).itemsize


class _Operands(Disturbance):
    """Keeps the operands `places` (operator, argument) of a replay whose input is disturbed, or with scale 0 is not."""

    def __init__(self, scale: float, places: set[Place]) -> None:
        super().__init__(frozenset({INPUT}) if scale else frozenset(), scale)
        self._places = places
        self.operands: dict[Place, torch.Tensor] = {}

    def before(self, index: int, arguments: tuple[Any, ...]) -> None:
        for place in self._places:
            if place[0] == index:
                self.operands[place] = arguments[place[1]].clone()


def _weights_that_ignore_the_input(trace: Recording) -> list[ParameterTensor]:
    """Operands made of the input's values and others, which yet are the same whatever the input is."""
    places = set(_operands_made_of_the_input(trace))
    if not places:
        return []
    unchanged = dict.fromkeys(places, True)
    before = _operands(trace, _Operands(0.0, places))
    for scale in (1.0, -1.0):
        after = _operands(trace, _Operands(scale, places))
        for place in places:
            unchanged[place] &= place in after and torch.equal(before[place], after[place])
    views = {trace.operators[index].arguments[argument] for (index, argument), same in unchanged.items() if same}
    return [ParameterTensor("", math.prod(view.shape), "hidden") for view in views]


def _operands_made_of_the_input(trace: Recording) -> Iterator[Place]:
    """Where an operator that multiplies two tensors has both computed from the input, structurally."""
    tainted = {trace.input.storage}
    for index, operator in enumerate(trace.operators):
        if not computed_from_input(operator, tainted):
            continue
        operands = [
            (index, place)
            for place in MULTIPLIED.get(operator.family, ())
            if isinstance(view := operator.arguments[place], View) and view.storage in tainted
        ]
        if len(operands) > 1:
            yield from operands
        tainted |= {view.storage for view in operator.outputs}


def _operands(trace: Recording, watcher: _Operands) -> dict[Place, torch.Tensor]:
    try:
        replay(trace, recorded_input(trace), watcher)
    except (RuntimeError, IndexError, ValueError):
        pass  # what came before the changed values led astray still counts
    return watcher.operands
