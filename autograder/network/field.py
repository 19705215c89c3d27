"""How far the pixels lie on which an output value depends: by the arithmetic of its layers, and found in replays."""

import functools
from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import torch

from autograder.network.allowed import CannotReplay, told_as
from autograder.network.differences import differs, opposite, unit_of
from autograder.network.disturbance import outputs_of
from autograder.network.layers import INTERPOLATING, Window, functional_family, numbers_read, window_of
from autograder.network.planes import Size
from autograder.network.precision import in_double_precision
from autograder.network.records import Operator, Recording
from autograder.network.replaying import Given, Watcher, recorded_inputs, tensors_given

EVERY, NONE = slice(None), slice(0)
TRIED = ((4, 4), (3, 4), (4, 5))  # output values, by their place in eighths of height and width


@dataclass(frozen=True)
class Field:
    """First and last row, first and last column of the input on which a value in the middle of an output depends."""

    rows: tuple[int, int]
    columns: tuple[int, int]

    @property
    def size(self) -> Size:
        return self.rows[1] - self.rows[0] + 1, self.columns[1] - self.columns[0] + 1


@dataclass(frozen=True)
class Stage:
    """A layer that widens what a value sees: from the size before to that after, at the steps before it."""

    window: Window
    steps: tuple[Fraction, Fraction]
    before: Size
    after: Size


@dataclass(frozen=True)
class Growth:
    """What a value sees after some layers; `steps` is how many pixels of the input lie from one value to the next.

    The first value sees from the pixel `start` on, which lies outside of the image where there is padding.
    """

    size: Size = (1, 1)
    steps: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1))
    start: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    stages: tuple[Stage, ...] = ()

    def after(self, window: Window, reaches: bool) -> "Growth":
        """What is seen behind a layer; one that does not reach the output itself has a stride all the same."""
        kernel_size = window.kernel_size if reaches else (1, 1)
        reach = [dilation * (kernel - 1) for kernel, dilation in zip(kernel_size, window.dilation, strict=True)]
        height, width = (ceil(seen + far * step) for seen, far, step in zip(self.size, reach, self.steps, strict=True))
        stage = Stage(window, self.steps, self.size, (height, width))
        stages = (*self.stages, stage) if any(reach) else self.stages
        steps = self.steps[0] * window.stride[0], self.steps[1] * window.stride[1]
        start = tuple(
            first - around * step for first, around, step in zip(self.start, window.padding, self.steps, strict=True)
        )
        return Growth((height, width), steps, (start[0], start[1]), stages)

    def resized(self, before: tuple[int, ...], after: tuple[int, ...]) -> "Growth":
        """The same seen in a map of another size."""
        down, across = (Fraction(old, new) for old, new in zip(before[-2:], after[-2:], strict=True))
        return replace(self, steps=(self.steps[0] * down, self.steps[1] * across))

    def field(self, value: tuple[int, int], image: Size) -> Field:
        """What the value sees of an image."""
        rows, columns = (
            (max(0, first), min(count, first + seen) - 1)
            for place, seen, step, start, count in zip(value, self.size, self.steps, self.start, image, strict=True)
            for first in [ceil(start + place * step)]
        )
        return Field(rows, columns)


@dataclass(frozen=True)
class Sight:
    """How far an output value should see and does, for a picture."""

    input_size: Size
    wanted: int
    field: Field | None
    stages: tuple[Stage, ...]


def growth(trace: Recording, on_the_way: frozenset[int]) -> Growth:
    """What an output value sees at least: by the convolutions and poolings that are `on_the_way`.

    Whatever else mixes pixels is left out.
    """
    seen = {each.view.storage: Growth() for each in trace.inputs}
    for index, operator in enumerate(trace.operators):
        came = [seen[view.storage] for view in numbers_read(operator) if view.storage in seen]
        if came:
            grown = _grown(index, operator, _widest(came), on_the_way)
            seen |= {view.storage: grown for view in operator.outputs}
    return _widest([seen.get(each.view.storage, Growth()) for each in trace.outputs] or [Growth()])


def _widest(growths: list[Growth]) -> Growth:
    return max(growths, key=lambda each: (min(each.size), sum(each.size), -sum(each.steps)))


def _grown(index: int, operator: Operator, came: Growth, on_the_way: frozenset[int]) -> Growth:
    window = window_of(index, operator)
    if window and len(window.kernel_size) == 2 and not window.transposed:
        return came.after(window, index in on_the_way)
    if (window and window.transposed) or functional_family(operator).startswith(INTERPOLATING):
        before, after = operator.inputs[0].shape, operator.outputs[0].shape
        return came.resized(before, after) if len(before) == len(after) == 4 else came
    return came


@told_as(CannotReplay)
def field_of(trace: Recording, others: Given, enough: int, on_the_way: Collection[int]) -> Field | None:
    """The pixels on which a value in the middle depends: it changes, in every image, where they are another image's.

    Of several values, as one may be cut off by a ReLU, the first that sees `enough`, or else the farthest. Tried first
    is what the layers reach that are `on_the_way`. Whether a value that sees enough sees farther still is not looked
    for. CannotReplay where there are several inputs or outputs.
    """
    if len(trace.inputs) != 1 or len(trace.outputs) != 1:
        raise CannotReplay("a receptive field is that of one output in one input")
    (other,), shape = tensors_given(others), trace.outputs[0].shape
    height, width = shape[-2:] if len(shape) == 4 else (1, 1)
    by_layers, image = growth(trace, frozenset(on_the_way)), trace.inputs[0].shape[-2:]
    values = dict.fromkeys((height * down // 8, width * right // 8) for down, right in TRIED)
    precise = functools.cache(lambda: in_double_precision(trace))
    farthest = None
    for place, value in enumerate(values):
        guess = by_layers.field(value, (image[0], image[1]))
        changes = _Changes(trace, other, value)
        if _is_right(guess, changes, min(guess.size) >= enough) or _is_right_at_all(
            guess, _Changes(precise(), other, value, at_all=True)
        ):
            found: Field | None = guess
        elif place and min(by_layers.size) >= enough:  # one value, in some 40 replays, is enough to see what is wrong
            found = None
        else:
            found = _extent(changes, (image[0], image[1]))
        farthest = max(farthest, found, key=lambda each: min(each.size) if each else 0)
        if farthest and min(farthest.size) >= enough:
            break
    return farthest


class _Changes:
    """Whether a value of the output changes where pixels are another image's: more than rounding, or `at_all`."""

    def __init__(self, trace: Recording, other: torch.Tensor, value: tuple[int, int], at_all: bool = False) -> None:
        self._trace = trace
        self._value = value
        (self._image,) = recorded_inputs(trace)
        self._others = other, opposite(self._image)
        self._before = self._given(self._image)
        self._units = tuple(map(unit_of, self._before))
        self._at_all = at_all

    def __call__(self, rows: slice, columns: slice = EVERY, *, but: Field | None = None) -> bool:
        """Whether it changes with these pixels, but for those of a field."""
        kept = tuple(slice(first, last + 1) for first, last in (but.rows, but.columns)) if but else (NONE, NONE)
        for other in self._others:
            changed = self._image.clone()
            changed[..., rows, columns] = other[..., rows, columns]
            changed[..., *kept] = self._image[..., *kept]
            if self._is_another(self._given(changed)):
                return True
        return False

    def _is_another(self, now: torch.Tensor) -> bool:
        """Whether it has changed in each image."""
        if self._at_all:
            return not any(map(torch.equal, now, self._before))
        return all(map(differs, now, self._before, self._units))

    def _given(self, image: torch.Tensor) -> torch.Tensor:
        if (outputs := outputs_of(self._trace, Watcher(), image)) is None:
            raise CannotReplay("changed images are such as the operators do not take")
        (output,) = outputs
        return output[..., self._value[0], self._value[1]] if output.dim() == 4 else output


def _edges(field: Field) -> tuple[tuple[slice, slice], ...]:
    """The image up to the field's first row and from its last, up to its first column and from its last."""
    (top, bottom), (left, right) = field.rows, field.columns
    return (
        (slice(top + 1), EVERY), (slice(bottom, None), EVERY), (EVERY, slice(left + 1)), (EVERY, slice(right, None)),
    )  # fmt: skip


def _is_right(guess: Field, changes: _Changes, is_enough: bool) -> bool:
    """Whether the value sees as far, and, where that is not enough, no farther."""
    edges = _edges(guess)
    above, below, before, behind = edges
    corners = (above[0], before[1]), (below[0], behind[1])  # either is a proof of two edges, if a faint one
    sees_as_far = any(all(changes(*place) for place in places) for places in (corners, edges))
    return sees_as_far and (is_enough or not changes(EVERY, but=guess))


def _is_right_at_all(guess: Field, changes: _Changes) -> bool:
    """The same of changes that many layers make faint: any at all, if nothing outside of the field makes one."""
    return all(changes(*place) for place in _edges(guess)) and not changes(EVERY, but=guess)


def _extent(changes: _Changes, image: Size) -> Field | None:
    """What the value sees, looked for by halving."""
    if not changes(EVERY):
        return None
    height, width = image
    top = _first(height, lambda row: changes(slice(row + 1)))
    bottom = height - 1 - _first(height, lambda row: changes(slice(height - 1 - row, None)))
    left = _first(width, lambda column: changes(EVERY, slice(column + 1)))
    right = width - 1 - _first(width, lambda column: changes(EVERY, slice(width - 1 - column, None)))
    return Field((top, bottom), (left, right))


def _first(count: int, is_so: Callable[[int], bool]) -> int:
    """The first of so many numbers for which it is so; it is for all that follow, and for the last."""
    return bisect_left(range(count - 1), True, key=is_so)
