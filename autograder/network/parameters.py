"""How many numbers a network weighs its input with: a bound from below and a bound from above."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from autograder.network.layers import Window, running_statistics
from autograder.network.origins import Origins
from autograder.network.records import Recording

STATISTICS = 4  # for each channel: mean and variance, of a normalisation before and one behind


@dataclass(frozen=True)
class ParameterTensor:
    """Numbers that a budget may count: how many at least, and at most.

    `kind` is "parameter", "buffer", "outside" for what is read without being registered, "drawn" for random numbers,
    "made" for what operators make from nothing, or "derived" for what they make of fewer numbers than it has.
    """

    name: str
    kind: str
    at_least: int
    at_most: int


@dataclass(frozen=True)
class ParameterBounds:
    """What a network has of parameters at least, and at most."""

    tensors: tuple[ParameterTensor, ...]

    @property
    def at_least(self) -> int:
        return sum(tensor.at_least for tensor in self.tensors)

    @property
    def at_most(self) -> int:
        return sum(tensor.at_most for tensor in self.tensors)


def parameter_bounds(
    trace: Recording, origins: Origins, layers: Iterable[Window], matters: Callable[[int], bool]
) -> ParameterBounds:
    """At least: registered parameters, and what else is the weight of a matrix product or convolution that `matters`.

    At most: parameters and every number from outside of the input that may reach the output, or as many as those are
    made into. Free are running statistics of as many channels as the `layers` on the way put out, and patterns that
    operators make from nothing.
    """
    sure = {index: origins.sure_of(weight) for index, weight in origins.weights.items()}
    weights = set().union(*(storages for index, storages in sure.items() if storages and matters(index)))
    statistics = _free_statistics(trace, layers, (index for index in origins.weights if matters(index)))
    names = {owned.storage: owned.name for owned in reversed(trace.owned)}
    roots, parts = origins.reaching(each.view for each in trace.outputs)
    made = {part for part in parts if not origins.roots(part)}
    tensors = []
    for storage in sorted(origins.parameters | roots | made):
        least = origins.numbers(storage) if storage in weights else 0
        most = origins.numbers(storage) - statistics.get(storage, 0)
        if storage in origins.parameters:
            least, kind = _registered_elements(trace, storage), "parameter"
        elif storage in made:
            kind = "made"
        elif storage in origins.drawn:
            kind = "drawn"
        else:
            kind = "buffer" if storage in names else "outside"
        tensors.append(ParameterTensor(names.get(storage, ""), kind, least, max(least, most)))
    beyond = sum(map(origins.numbers, parts - made)) - sum(map(origins.numbers, roots))
    tensors.append(ParameterTensor("", "derived", 0, max(0, beyond)))
    return ParameterBounds(tuple(each for each in tensors if each.at_most))


def _registered_elements(trace: Recording, storage: int) -> int:
    """The elements of the parameters that lie in one storage, each once."""
    here = [owned for owned in trace.owned if owned.storage == storage]
    distinct = {owned.number: owned.elements for owned in here if owned.kind == "parameter"}
    return min(sum(distinct.values()), max(owned.storage_elements for owned in here))


def _free_statistics(trace: Recording, layers: Iterable[Window], weighing: Iterator[int]) -> dict[int, int]:
    """By storage, how many running statistics are free: those of as many channels as layers on the way put out.

    `weighing` are the matrix products on the way, and convolutions.
    """
    shows = {owned.storage: owned.storage for owned in trace.owned if owned.running_statistic}
    read: dict[int, int] = {}
    elsewhere: set[int] = set()
    left = STATISTICS * sum(window.out_channels for window in layers if window.is_convolution)
    for operator in trace.operators:
        if operator.family == "repeat" and operator.inputs[0].storage in shows:  # for each image, as InstanceNorm does
            shows[operator.outputs[0].storage] = shows[operator.inputs[0].storage]
            continue
        statistics = [view for view in running_statistics(operator) if view.storage in shows]
        read |= {shows[view.storage]: math.prod(view.shape) for view in statistics}
        elsewhere |= {shows.get(view.storage, view.storage) for view in operator.inputs if view not in statistics}
    free: dict[int, int] = {}
    for storage in sorted(read.keys() - elsewhere):
        while left < read[storage] and (index := next(weighing, None)) is not None:
            product = trace.operators[index]
            left += 0 if product.family == "convolution" else STATISTICS * (product.outputs[0].shape or (1,))[-1]
        free[storage] = min(read[storage], left)
        left -= free[storage]
    return free
