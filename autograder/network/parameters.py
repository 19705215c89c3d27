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
    parameters = {owned.storage for owned in trace.owned if owned.kind == "parameter"}
    tensors = []
    for storage in sorted(parameters | (origins.reaching(trace.output) if trace.output else set())):
        kind, name = origins.kinds.get(storage, ""), names.get(storage, "")
        if storage in parameters:
            kind, least = "parameter", _registered_elements(trace, storage)
        else:
            surely = origins.numbers(storage) if kind == "made" else origins.elements(storage)
            kind, least = "buffer" if name else kind, surely if storage in weights else 0
        most = max(least, origins.numbers(storage) - statistics.get(storage, 0))
        if most:
            tensors.append(ParameterTensor(name, kind, least, most))
    return ParameterBounds(tuple(tensors))


def _registered_elements(trace: Recording, storage: int) -> int:
    """The elements of the parameters that lie in one storage, each once."""
    here = [owned for owned in trace.owned if owned.storage == storage]
    distinct = {owned.number: owned.elements for owned in here if owned.kind == "parameter"}
    return min(sum(distinct.values()), max(owned.storage_elements for owned in here))


def numbers_from_outside(trace: Recording) -> tuple[bytes, ...]:
    """The contents of tensors that were read and are neither registered nor the input."""
    known = {owned.storage for owned in trace.owned} | {trace.input.storage}
    return tuple(
        storage.content for storage in trace.storages if storage.content and storage.number not in known
    )


class Origins:
    """What the storages that are not computed from the input are made of.

    Computed from the input is what moves when another input comes, not what merely has had to do with it. `kinds` has
    the storages with which other ones begin: read from outside, drawn at random, or made from nothing and changed.
    """

    def __init__(self, trace: Recording) -> None:
        self.kinds = {storage.number: "outside" for storage in trace.storages if storage.content}
        self.kinds.pop(trace.input.storage, None)
        self.weighing: dict[int, set[int]] = {}  # by matrix product or convolution, what its weights are made of
        self._meeting: dict[int, set[int]] = {}  # by operator, what meets there with what is computed from the input
        self._trace = trace
        self._nbytes = {storage.number: storage.nbytes for storage in trace.storages}
        self._views: dict[int, list[View]] = {}
        self._content: dict[int, bytes] = {}
        self._of: dict[int, set[int]] = {number: {number} for number in self.kinds}
        self._moving = {trace.input.storage}

    def follow(self, index: int, outputs: list[torch.Tensor], others: list[torch.Tensor] | None) -> None:
        """Takes note of what an operator left, and of what it left for another input."""
        operator = self._trace.operators[index]
        for view in operator.inputs:
            self._views.setdefault(view.storage, []).append(view)
        operands = product_operands(operator) or ()
        fixed = [view.storage for view in operands if view.storage not in self._moving]
        if len(fixed) < len(operands):
            self.weighing[index] = set().union(*map(self._made_of, fixed))
        if is_view(operator):
            return
        fixed = [view.storage for view in numbers_read(operator) if view.storage not in self._moving]
        may_move = len(fixed) < len(numbers_read(operator))
        self._meeting[index] = set().union(*map(self._made_of, fixed)) if may_move else set()
        for view, output, other in zip(operator.outputs, outputs, others or [None] * len(outputs), strict=True):
            if may_move and _moves(output, other):
                self._moving.add(view.storage)
            elif view.storage not in self._moving:
                self._note(operator, view, output)

    def reaching(self, output: View) -> set[int]:
        """What may have a part in the output, beside the input."""
        wanted, found = {output.storage}, set(self._made_of(output.storage))
        for index, operator in reversed(list(enumerate(self._trace.operators))):
            if any(view.storage in wanted for view in operator.outputs):
                wanted |= {view.storage for view in numbers_read(operator)}
                found |= self._meeting.get(index, set())
        return found

    def _made_of(self, storage: int) -> set[int]:
        return self._of.get(storage, set())

    def _note(self, operator: Operator, view: View, output: torch.Tensor) -> None:
        sources = {each.storage for each in numbers_read(operator)}
        made_of = set().union(*map(self._made_of, sources))
        is_formula = {self.kinds[each] for each in made_of} <= {"made"}
        if draws(operator):
            self.kinds[view.storage] = "drawn"
            made_of.add(view.storage)
        elif sources and is_formula and not (made_of and functional_family(operator) in MOVING):
            made_of = {view.storage}
            self.kinds[view.storage] = "made"
        if self.kinds.get(view.storage) == "made":
            whole = torch.empty(0, dtype=output.dtype).set_(output.untyped_storage())
            self._content[view.storage] = (whole + 0).view(torch.uint8).numpy().tobytes()  # -0 is 0 as well
        self._of[view.storage] = made_of

    def elements(self, storage: int) -> int:
        """As many as were read: one number could be stored in the place of two."""
        itemsizes = [getattr(torch, view.dtype).itemsize for view in self._views.get(storage, [])]
        return self._nbytes[storage] // min(itemsizes, default=1)

    def numbers(self, storage: int) -> int:
        """As many numbers as may be kept there: what is wider than the input may be several in one.

        What operators made from nothing is worth as many as it takes to write it down: a pattern, next to none.
        """
        elements = self.elements(storage)
        views = self._views.get(storage, [])
        if content := self._content.get(storage):
            itemsize = self._nbytes[storage] // max(1, elements)
            return min(elements, len(zlib.compress(content, 1)) // itemsize)
        kinds = {getattr(torch, view.dtype) for view in views}
        if not kinds:
            return 0
        if not any(kind.is_floating_point or kind.is_complex for kind in kinds):
            return elements * _bytes_needed(self._trace, storage, max(kinds, key=lambda kind: kind.itemsize))
        width = getattr(torch, self._trace.input.dtype).itemsize
        return max(elements, self._nbytes[storage] // width)


def _bytes_needed(trace: Recording, number: int, kind: torch.dtype) -> int:
    """The bytes that the largest of a storage's whole numbers takes."""
    content = next(storage.content for storage in trace.storages if storage.number == number)
    if not content or kind is torch.bool:
        return 1
    low, high = (int(each) for each in torch.frombuffer(bytearray(content), dtype=kind).aminmax())
    return max(1, math.ceil(max(high, -low - 1).bit_length() / 8))


def _moves(before: torch.Tensor, after: torch.Tensor | None) -> bool:
    if after is None:
        return True
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
    registered = {owned.storage for owned in trace.owned if owned.kind == "parameter"}
    weighing = {index: made_of - registered for index, made_of in origins.weighing.items() if made_of - registered}
    effects = Effects(trace, frozenset(weighing)) if weighing else None
    return set().union(*(made_of for index, made_of in weighing.items() if effects and effects.matters(index)))
