"""Which tensors of a trace a parameter budget counts."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from autograder.network.disturbance import SCALES, Disturbance, Place, disturbed_output
from autograder.network.flow import INPUT, operators_from_input
from autograder.network.records import Recording, View
from autograder.network.roles import Roles

# Which arguments of an operator are multiplied with each other, or looked up in.
MULTIPLIED = {
    "convolution": (0, 1), "mm": (0, 1), "bmm": (0, 1), "addmm": (1, 2), "baddbmm": (1, 2), "mul": (0, 1),
    "div": (0, 1), "index": (0,), "index_select": (0,), "gather": (0,),
}  # fmt: skip
UNCHANGED = 1e-4  # of a standard deviation


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


def _constants_that_weigh(trace: Recording, mixed_in: dict[int, set[int]]) -> set[int]:
    """Constants that were mixed with values of the input, and weigh others nevertheless: the mixture stands still.

    In a network that ignores its input everything does, and no constant is more than the others.
    """
    places = {place: view.storage for place, view in _operands_made_of_the_input(trace) if mixed_in.get(view.storage)}
    if not places:
        return set()
    before = Disturbance(frozenset(), 0.0, captures=frozenset(places))
    output = disturbed_output(trace, before)
    ignores_input, still = True, set(places)
    for scale in SCALES:
        after = Disturbance(frozenset({INPUT}), scale, captures=frozenset(places))
        disturbed = disturbed_output(trace, after)
        ignores_input &= disturbed is not None and torch.equal(output, disturbed)
        still = {
            place
            for place in still
            if place in after.captured and _are_unchanged(before.captured[place], after.captured[place])
        }
    return set() if ignores_input else set().union(*(mixed_in[places[place]] for place in still))


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
    for index, operator, tainted in operators_from_input(trace):
        places = MULTIPLIED.get(operator.family.rstrip("_"), ())
        operands = [((index, place), operator.arguments[place]) for place in places]
        if all(isinstance(view, View) and view.storage in tainted for _place, view in operands):
            yield from operands
