"""How many numbers a network weighs its input with: a bound from below and a bound from above."""

import math
import zlib
from dataclasses import dataclass

import torch

from autograder.network.disturbance import Effects, spread
from autograder.network.layers import (
    MOVING,
    draws,
    functional_family,
    is_view,
    numbers_read,
    product_operands,
    running_statistics,
    windows,
)
from autograder.network.records import Operator, Recording, View

FEW = 64  # numbers, which mostly tell that a tensor moves
FLOAT_BYTES, ONE_NUMBER = 4, 8  # bytes
FEW_DIFFERENT = 16  # numbers, as in masks
UNMOVED = 1e-4  # of a tensor's spread
STATISTICS = 4  # for each channel: mean and variance, of a normalisation before and one behind


@dataclass(frozen=True)
class ParameterTensor:
    """One storage that a budget may count, and between which numbers of its elements.

    `kind` is "parameter", "buffer", "outside" for what is read without being registered, "drawn" for random numbers,
    or "made" for numbers that operators made from nothing.
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


def parameter_bounds(trace: Recording, origins: "Origins") -> ParameterBounds:
    """At least: registered parameters, and what else is the weight of a matrix product or convolution on the way.

    At most: parameters and every number from outside of the input that may reach the output. Free are running
    statistics of as many channels as layers put out, and patterns that operators make from nothing.
    """
    weights, statistics = _plain_weights(trace, origins), _free_statistics(trace)
    names = {owned.storage: owned.name for owned in reversed(trace.owned)}
    tensors = []
    for storage in sorted(origins.parameters | origins.reaching(trace.output)):
        if storage in origins.parameters:
            kind, least = "parameter", _registered_elements(trace, storage)
        else:
            kind, least = origins.kind(storage), origins.numbers(storage, surely=True) if storage in weights else 0
        most = max(least, origins.numbers(storage) - statistics.get(storage, 0))
        if most:
            name = names.get(storage, "")
            tensors.append(ParameterTensor(name, "buffer" if name and kind == "outside" else kind, least, most))
    return ParameterBounds(tuple(tensors))


def _registered_elements(trace: Recording, storage: int) -> int:
    """The elements of the parameters that lie in one storage, each once."""
    here = [owned for owned in trace.owned if owned.storage == storage]
    distinct = {owned.number: owned.elements for owned in here if owned.kind == "parameter"}
    return min(sum(distinct.values()), max(owned.storage_elements for owned in here))


def numbers_from_outside(trace: Recording) -> tuple[bytes, ...]:
    """The contents of tensors of several numbers that were read and are neither registered nor the input."""
    known = {owned.storage for owned in trace.owned} | {trace.input.storage}
    contents = [storage.content for storage in trace.storages if storage.content and storage.number not in known]
    return tuple(content for content in contents if len(content) > ONE_NUMBER)


class Origins:
    """Which numbers meet with what is computed from the input, and what they are made of.

    Computed from the input is what moves when another input comes, not what merely has had to do with it.
    """

    def __init__(self, trace: Recording) -> None:
        self.parameters = {owned.storage for owned in trace.owned if owned.kind == "parameter"}
        self.weights: dict[int, int] = {}  # by matrix product or convolution, the storage that weighs
        self._trace = trace
        self._nbytes = {storage.number: storage.nbytes for storage in trace.storages}
        self._drawn: set[int] = set()
        self._moving = {trace.input.storage}
        outside = {storage.number for storage in trace.storages if storage.content} - self._moving
        self._made_of: dict[int, set[int]] = {storage: {storage} for storage in outside}
        self._changed: dict[int, int] = {}  # how many numbers it takes to write down what operators made
        self._meeting: dict[int, set[int]] = {}  # by operator, the storages that do not move, among others that do
        self._taken_apart: set[int] = set()  # of which other numbers are made
        self._views: dict[int, set[torch.dtype]] = {}

    def follow(self, index: int, outputs: list[torch.Tensor], others: list[torch.Tensor] | None) -> None:
        """Takes note of what an operator left, and of what it left for another input."""
        operator = self._trace.operators[index]
        read = numbers_read(operator)
        for view in operator.inputs:
            self._views.setdefault(view.storage, set()).add(getattr(torch, view.dtype))
        fixed = {view.storage for view in read} - self._moving
        operands = product_operands(operator) or ()
        weighing = [view.storage for view in operands if view.storage in fixed]
        if len(weighing) == 1:
            self.weights[index] = weighing[0]
        if is_view(operator):
            return
        may_move = any(view.storage in self._moving for view in read)
        self._meeting[index] = fixed if may_move else set()
        for place, (view, output) in enumerate(zip(operator.outputs, outputs, strict=True)):
            if may_move and (others is None or _moves(output, others[place])):
                self._moving.add(view.storage)
            elif view.storage not in self._moving:
                self._note(operator, view.storage, output, {each.storage for each in read})

    def _note(self, operator: Operator, storage: int, output: torch.Tensor, sources: set[int]) -> None:
        made_of = set().union(*(self._made_of.get(source, set()) for source in sources))
        if draws(operator):
            self._drawn.add(storage)
            made_of.add(storage)
        elif sources and not made_of & self.parameters:
            self._changed[storage] = _to_write_down(output)
        if functional_family(operator) not in MOVING | {"clone"}:
            self._taken_apart |= made_of
        self._made_of[storage] = made_of

    def reaching(self, output: View | None) -> set[int]:
        """What may have a part in the output, beside the input: as it begins, and what is more than that."""
        wanted = {output.storage} if output else set()
        met = wanted - self._moving
        for index, operator in reversed(list(enumerate(self._trace.operators))):
            if any(view.storage in wanted for view in operator.outputs):
                wanted |= {view.storage for view in numbers_read(operator)}
                met |= self._meeting.get(index, set())
        return met.union(*(self._made_of.get(storage, set()) for storage in met))

    def kind(self, storage: int) -> str:
        """As in `ParameterTensor`, for what is not registered."""
        if storage in self._drawn:
            return "drawn"
        return "outside" if self._begins(storage) else "made"

    def begins_of(self, weight: int) -> set[int]:
        """What surely weighs in a weight: its largest part, as the others could be masks or scales, and what is made.

        Nothing does where it is made of a parameter, which counts already.
        """
        made_of = self._made_of.get(weight, set())
        if made_of & self.parameters:
            return set()
        return {weight, max(made_of, key=self.numbers, default=weight)}

    def numbers(self, storage: int, surely: bool = False) -> int:
        """As many numbers as may be kept there, or surely are: one of two, or of several whole ones, could be a part.

        Complex ones are two, and wide ones that are taken apart are several. What is made counts as far as it is more
        than what it is made of.
        """
        if not self._begins(storage):
            parts = self._made_of.get(storage, set())
            beyond = self._changed.get(storage, 0) - sum(map(self.numbers, parts))
            return 0 if surely and parts else max(0, beyond)
        kinds = self._views.get(storage, set())
        is_whole = not any(kind.is_floating_point or kind.is_complex for kind in kinds)
        if not kinds or (surely and is_whole):
            return 0
        nbytes, elements = self._nbytes[storage], self._nbytes[storage] // min(kind.itemsize for kind in kinds)
        if any(kind.is_complex for kind in kinds) and not surely:
            return max(elements, 2 * nbytes // max(kind.itemsize for kind in kinds))
        if surely or storage not in self._taken_apart:
            return elements
        if is_whole:
            return elements * _bytes_needed(self._trace, storage, max(kinds, key=lambda kind: kind.itemsize))
        return max(elements, nbytes // getattr(torch, self._trace.input.dtype).itemsize)

    def _begins(self, storage: int) -> bool:
        return storage in self._made_of.get(storage, set())


def _to_write_down(output: torch.Tensor) -> int:
    """How many numbers it takes to write a storage down: of few different ones less than there are, of one none."""
    whole = torch.empty(0, dtype=output.dtype).set_(output.untyped_storage()) + 0  # -0 is 0 as well
    different = len(whole.unique())
    if different == 1 or different > FEW_DIFFERENT:
        return whole.numel() if different > 1 else 0
    return min(whole.numel(), len(zlib.compress(whole.view(torch.uint8).numpy().tobytes(), 1)) // FLOAT_BYTES)


def _bytes_needed(trace: Recording, number: int, kind: torch.dtype) -> int:
    """The bytes that the largest of a storage's whole numbers takes."""
    content = next(storage.content for storage in trace.storages if storage.number == number)
    if not content or kind is torch.bool:
        return 1
    low, high = (int(each) for each in torch.frombuffer(bytearray(content), dtype=kind).aminmax())
    return max(1, math.ceil(max(high, -low - 1).bit_length() / 8))


def _moves(before: torch.Tensor, after: torch.Tensor) -> bool:
    if not before.is_floating_point():
        return not torch.equal(before, after)
    unit = UNMOVED * spread(before)
    few = (slice(FEW),)
    return any(
        bool(((right - left).abs() > unit).any())
        for left, right in (
            (before.flatten()[few], after.flatten()[few]) if before.is_contiguous() else (before, after),
            (before, after),
        )
    )


def _free_statistics(trace: Recording) -> dict[int, int]:
    """By storage, how many running statistics are free: those of as many channels as convolutions and products give."""
    shows = {owned.storage: owned.storage for owned in trace.owned if owned.running_statistic}
    read: dict[int, int] = {}
    elsewhere: set[int] = set()
    left = STATISTICS * sum(window.out_channels for window in windows(trace) if window.is_convolution)
    for operator in trace.operators:
        if operator.family == "repeat" and operator.inputs[0].storage in shows:  # for each image, as InstanceNorm does
            shows[operator.outputs[0].storage] = shows[operator.inputs[0].storage]
            continue
        statistics = [view for view in running_statistics(operator) if view.storage in shows]
        read |= {shows[view.storage]: math.prod(view.shape) for view in statistics}
        elsewhere |= {shows.get(view.storage, view.storage) for view in operator.inputs if view not in statistics}
        if product_operands(operator) and operator.family != "convolution":
            left += STATISTICS * (operator.outputs[0].shape or (1,))[-1]
    free: dict[int, int] = {}
    for storage in sorted(read.keys() - elsewhere):
        free[storage] = min(read[storage], left)
        left -= free[storage]
    return free


def _plain_weights(trace: Recording, origins: Origins) -> set[int]:
    """What the weights of convolutions and matrix products on the way are made of, beside registered parameters."""
    weighing = {index: origins.begins_of(weight) for index, weight in origins.weights.items()}
    hidden = {index: begins for index, begins in weighing.items() if any(map(origins.numbers, begins))}
    effects = Effects(trace, frozenset(hidden)) if hidden else None
    return set().union(*(begins for index, begins in hidden.items() if effects and effects.matters(index)))
