"""Which tensors of a trace a parameter budget counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from autograder.network.disturbance import SCALES, Disturbance
from autograder.network.flow import INPUT, computed_from_input
from autograder.network.records import Recording, View
from autograder.network.replay import recorded_input, replay
from autograder.network.roles import Roles

# Which arguments of an operator are multiplied with each other, or looked up in.
MULTIPLIED = {
    "convolution": (0, 1), "mm": (0, 1), "bmm": (0, 1), "addmm": (1, 2), "baddbmm": (1, 2), "mul": (0, 1),
    "div": (0, 1), "index": (0,), "index_select": (0,), "gather": (0,),
}  # fmt: skip
Place = tuple[int, int]
UNCHANGED = 1e-4  # of a standard deviation
OUTPUT = (-1, 0)  # stands for the network's output among the places


@dataclass(frozen=True)
class ParameterTensor:
    """One storage that the budget counts; `hidden` is what the network reads without having registered it."""

    name: str
    elements: int
    kind: str  # "parameter", "buffer" or "hidden"


def counted_parameters(trace: Recording) -> tuple[ParameterTensor, ...]:
    """Registered parameters and buffers, then what is read as a weight or bias unregistered; each storage once.

    Free are running statistics of normalisation layers, constants that are only added, compared or concatenated, and
    what scales a map value by value with noise or with one number: dropout, clipping.
    """
    roles = Roles(trace)
    weights = roles.weights | _constants_that_weigh(trace, roles.mixed_in)
    counted: dict[int, ParameterTensor] = {}
    for owned in trace.owned:
        only_constant = owned.storage in roles.constants - weights
        only_statistic = owned.running_statistic and owned.storage not in weights
        if owned.storage not in counted and (owned.kind == "parameter" or not (only_constant or only_statistic)):
            counted[owned.storage] = ParameterTensor(owned.name, owned.storage_elements, owned.kind)
    registered = {owned.storage for owned in trace.owned}
    for storage in sorted(weights - registered):
        counted[storage] = ParameterTensor("", _elements(trace, storage), "hidden")
    return tuple(counted.values())


def _elements(trace: Recording, number: int) -> int:
    """As many as were read: one number could be stored in the place of two."""
    views = [view for operator in trace.operators for view in operator.inputs if view.storage == number]
    nbytes = next(storage.nbytes for storage in trace.storages if storage.number == number)
    return nbytes // min(getattr(torch, view.dtype).itemsize for view in views)


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


def _constants_that_weigh(trace: Recording, mixed_in: dict[int, set[int]]) -> set[int]:
    """Constants that were mixed with values of the input, and weigh others nevertheless: the mixture stands still.

    In a network that ignores its input everything does, and no constant is more than the others.
    """
    places = {place: view.storage for place, view in _operands_made_of_the_input(trace) if mixed_in.get(view.storage)}
    if not places:
        return set()
    before = _operands(trace, _Operands(0.0, set(places)))
    all_after = [_operands(trace, _Operands(scale, set(places))) for scale in SCALES]
    if all(OUTPUT in after and torch.equal(before[OUTPUT], after[OUTPUT]) for after in all_after):
        return set()
    still = (
        storage
        for place, storage in places.items()
        if all(place in after and _are_unchanged(before[place], after[place]) for after in all_after)
    )
    return set().union(*(mixed_in[storage] for storage in still))


def _are_unchanged(before: torch.Tensor, after: torch.Tensor) -> bool:
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    if torch.equal(before, after):
        return True
    if not before.is_floating_point() or before.numel() < 2:
        return False
    return bool((after - before).abs().max() <= UNCHANGED * before.std())


def _operands_made_of_the_input(trace: Recording) -> Iterator[tuple[Place, View]]:
    """What an operator multiplies, or looks up in, where all of it is computed from the input, structurally."""
    tainted = {trace.input.storage}
    for index, operator in enumerate(trace.operators):
        if not computed_from_input(operator, tainted):
            continue
        places = MULTIPLIED.get(operator.family.rstrip("_"), ())
        operands = [((index, place), operator.arguments[place]) for place in places]
        if all(isinstance(view, View) and view.storage in tainted for _place, view in operands):
            yield from operands
        tainted |= {view.storage for view in operator.outputs}


def _operands(trace: Recording, watcher: _Operands) -> dict[Place, torch.Tensor]:
    """What was multiplied, by place, and the output."""
    try:
        output = replay(trace, recorded_input(trace), watcher)
    except (RuntimeError, IndexError, ValueError):
        return watcher.operands  # what came before the changed values led astray still counts
    return watcher.operands | {OUTPUT: output}
