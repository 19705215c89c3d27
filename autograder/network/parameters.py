"""How many numbers a network weighs its input with: a bound from below and a bound from above."""

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from autograder.network.disturbance import Effects, disturb, spread
from autograder.network.layers import (
    FACTORIES,
    draws,
    functional_family,
    is_view,
    product_operands,
    running_statistics,
    windows,
)
from autograder.network.records import Operator, Recording, View
from autograder.network.replay import Replay, as_recorded, recorded_input

FEW = 64  # numbers, which mostly tell that a tensor moves
UNMOVED = 1e-4  # of a tensor's spread
STATISTICS = 2  # for each channel: mean and variance


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


def parameter_bounds(trace: Recording) -> ParameterBounds:
    """At least: registered parameters, and what else is the weight of a matrix product or convolution on the way.

    At most: parameters and every number from outside of the input that may reach the output. Free are running
    statistics of as many channels as layers put out, and patterns that operators make from nothing.
    """
    origins = _Origins(trace)
    reached = _reached(trace)
    weights = _plain_weights(trace, origins)
    names = {owned.storage: owned for owned in reversed(trace.owned)}
    parameters = {owned.storage for owned in trace.owned if owned.kind == "parameter"}
    statistics = _free_statistics(trace)
    tensors = []
    for storage in sorted(parameters | (origins.kinds.keys() & reached)):
        owned, numbers = names.get(storage), origins.numbers(storage)
        if storage in parameters:
            distinct = {each.number: each.elements for each in trace.owned if each.storage == storage}
            least = min(sum(distinct.values()), max(each.storage_elements for each in trace.owned if each.storage == storage))
            tensors.append(ParameterTensor(owned.name, "parameter", least, max(least, numbers)))
            continue
        least = origins.elements(storage) if storage in weights else 0
        free = min(numbers, statistics.pop(storage, 0))
        kind = "buffer" if owned else origins.kinds[storage]
        if numbers - free:
            tensors.append(ParameterTensor(owned.name if owned else "", kind, least, max(least, numbers - free)))
    return ParameterBounds(tuple(tensors))


def numbers_from_outside(trace: Recording) -> tuple[bytes, ...]:
    """The contents of tensors that were read and are neither registered nor the input."""
    known = {owned.storage for owned in trace.owned} | {trace.input.storage}
    return tuple(
        storage.content for storage in trace.storages if storage.content and storage.number not in known
    )


class _Origins:
    """What the storages that are not computed from the input are made of.

    Computed from the input is what moves when another input comes, not what merely has had to do with it. `kinds` has
    the storages with which other ones begin: read from outside, drawn at random, or made from nothing and changed.
    """

    def __init__(self, trace: Recording) -> None:
        self.kinds = {storage.number: "outside" for storage in trace.storages if storage.content}
        self.kinds.pop(trace.input.storage, None)
        self.from_input: dict[int, set[int]] = {}  # storages that move, before each operator
        self._trace = trace
        self._nbytes = {storage.number: storage.nbytes for storage in trace.storages}
        self._views: dict[int, list[View]] = {}
        self._content: dict[int, bytes] = {}
        self._of: dict[int, set[int]] = {number: {number} for number in self.kinds}
        moving = {trace.input.storage}
        for index, operator, moved, outputs in _twice(trace):
            self.from_input[index] = set(moving)
            for view in operator.inputs:
                self._views.setdefault(view.storage, []).append(view)
            may_move = any(view.storage in moving for view in _numbers_read(operator))
            for view, moves, output in zip(operator.outputs, moved, outputs, strict=True):
                if may_move and moves:
                    moving.add(view.storage)
                elif view.storage not in moving and not is_view(operator):
                    self._note(operator, view, output)

    def of(self, storage: int) -> set[int]:
        """The storages that it is made of."""
        return self._of.get(storage, set())

    def _note(self, operator: Operator, view: View, output: torch.Tensor) -> None:
        sources = {each.storage for each in _numbers_read(operator)}
        made_of = set().union(*map(self.of, sources))
        if draws(operator):
            self.kinds[view.storage] = "drawn"
            made_of.add(view.storage)
        elif not made_of and sources:
            self.kinds[view.storage] = "made"
            made_of.add(view.storage)
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


def _twice(trace: Recording) -> Iterator[tuple[int, Operator, list[bool], list[torch.Tensor]]]:
    """Each operator, executed on the input and on another one: which of its outputs differ, and the first ones."""
    other = recorded_input(trace)
    disturb(other, spread(other))
    with as_recorded(trace):
        runs = [Replay(trace, recorded_input(trace)), Replay(trace, other)]
        for index, operator in enumerate(trace.operators):
            state = torch.default_generator.get_state() if draws(operator) else None
            runs[0].step(index)
            if state is not None:
                torch.default_generator.set_state(state)
            if len(runs) > 1:
                try:
                    runs[1].step(index)
                except (RuntimeError, IndexError, ValueError):
                    runs.pop()  # the other input leads it astray: from here on all of it depends on the input
            outputs = [runs[0].tensor(view) for view in operator.outputs]
            others = [runs[1].tensor(view) for view in operator.outputs] if len(runs) > 1 else [None] * len(outputs)
            yield index, operator, [_moves(*pair) for pair in zip(outputs, others, strict=True)], outputs


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


def _numbers_read(operator: Operator) -> tuple[View, ...]:
    return () if functional_family(operator) in FACTORIES else operator.inputs


def _reached(trace: Recording) -> set[int]:
    """Storages from which something may reach the output."""
    wanted = {trace.output.storage} if trace.output else set()
    for operator in reversed(trace.operators):
        if any(view.storage in wanted for view in operator.outputs):
            wanted |= {view.storage for view in _numbers_read(operator)}
    return wanted


def _free_statistics(trace: Recording) -> dict[int, int]:
    """By storage, how many running statistics are free: those of as many channels as convolutions and products give."""
    registered = {owned.storage for owned in trace.owned if owned.running_statistic}
    channels = sum(window.out_channels for window in windows(trace) if window.is_convolution)
    products = [operator for operator in trace.operators if product_operands(operator)]
    channels += sum(each.outputs[0].shape[-1] for each in products if each.family != "convolution" and each.outputs[0].shape)
    left = STATISTICS * channels
    free: dict[int, int] = {}
    read = {view.storage: math.prod(view.shape) for each in trace.operators for view in running_statistics(each)}
    elsewhere = {
        view.storage
        for operator in trace.operators
        for view in operator.inputs
        if view not in running_statistics(operator)
    }
    for storage, elements in read.items():
        if storage in registered and storage not in elsewhere:
            free[storage] = min(elements, left)
            left -= free[storage]
    return free


def _plain_weights(trace: Recording, origins: _Origins) -> set[int]:
    """What the weights of convolutions and matrix products on the way are made of, beside registered parameters."""
    registered = {owned.storage for owned in trace.owned if owned.kind == "parameter"}
    weighs: dict[int, set[int]] = {}
    for index, operator in enumerate(trace.operators):
        operands = product_operands(operator) or ()
        fixed = [view.storage for view in operands if view.storage not in origins.from_input[index]]
        made_of = set().union(*map(origins.of, fixed)) - registered
        if made_of and len(fixed) < len(operands):
            weighs[index] = made_of
    effects = Effects(trace, frozenset(weighs)) if weighs else None
    return set().union(*(made_of for index, made_of in weighs.items() if effects and effects.matters(index)))
