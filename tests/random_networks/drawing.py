"""Drawing a plan."""

import functools
import itertools
from dataclasses import dataclass
from math import gcd

import torch
from hypothesis import strategies as st

from .plan import Axis, Conv, Fault, Joined, Plain, Plan, Pool, Size, Step
from .steps import (
    ALL_FAULTS,
    ARGUMENTS,
    BETWEEN,
    BRANCHES,
    FAULTS,
    FILLED,
    JOINED,
    MAY_NOT_RUN,
    NOTHING,
    PARAMETERS,
    PLAIN,
    POINTWISE,
    PUT_AROUND,
    SPELLINGS,
    WRITTEN,
)

SMALLEST = 3  # pixels: on a smaller map one can't tell which copy of a pixel is padding


@dataclass(frozen=True)
class Choice:
    """What a step may be drawn from."""

    spellings: tuple[str, ...] = SPELLINGS
    plain: tuple[str, ...] = tuple(PLAIN)
    between: tuple[str, ...] = BETWEEN


# Among copies of pixels that interpolation makes, one can't tell which are padding. A broadcast map is the same
# everywhere: a normalisation leaves only its sign, and a ReLU perhaps nothing.
UNFIT = ("group norm", "relu", "relu in place")
AFTER_A_FAULT = Choice(
    (*NOTHING, *ARGUMENTS, *FILLED),
    tuple(name for name in PLAIN if name not in UNFIT),
    tuple(name for name in BETWEEN if name not in UNFIT),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Networks of one to four steps, one in four with a fault before, between or after them."""
    plan_channels = channels = draw(st.integers(2, 4))
    plan_size = size = draw(st.tuples(st.integers(6, 12), st.integers(6, 12)))
    count = draw(st.integers(1, 4))
    fault_at = draw(st.sampled_from([None, None, None, draw(st.integers(0, count))]))
    choice = Choice()
    steps: list[Step] = []
    for place in range(count + 1):
        if place == fault_at:
            fault = Fault(draw(st.sampled_from(list(ALL_FAULTS if place == count else FAULTS))))
            steps.append(fault)
            size = tuple(ALL_FAULTS[fault.name](torch.zeros(1, channels, *size)).shape[2:])
            choice = AFTER_A_FAULT
        if place < count:
            step = draw(_steps(channels, size, choice))
            steps.append(step)
            channels = step.out_channels if isinstance(step, Conv) else channels
            size = step.size(size) if isinstance(step, (Conv, Pool)) else size
    return Plan(plan_channels, plan_size, tuple(steps), draw(st.sampled_from([False] * 9 + [True])))


@st.composite
def _steps(draw: st.DrawFn, channels: int, size: Size, choice: Choice) -> Step:
    match draw(st.sampled_from(["conv", "conv", "pool", "plain", "joined", "joined"])):
        case "conv":
            return draw(_convs(channels, size, choice))
        case "pool" if min(size) > SMALLEST:
            return draw(st.sampled_from(_pools(size)))
        case "joined":
            how = draw(st.sampled_from(list(JOINED)))
            if how in POINTWISE:
                inner = draw(st.integers(1, 3))
                return Joined(how, (Conv(channels, inner), Conv(inner, channels)))
            convs = _convs(channels, size, choice, keep=True, written=_written(how))
            return Joined(how, tuple(draw(convs) for _ in range(2 if how in BRANCHES else 1)))
    return Plain(draw(st.sampled_from(choice.plain)))


def _written(how: str) -> tuple[str, ...]:
    """Ways to keep weights of which it is certain that the budget counts them."""
    return PARAMETERS if how in MAY_NOT_RUN else WRITTEN


@st.composite
def _convs(
    draw: st.DrawFn,
    channels: int,
    size: Size,
    choice: Choice,
    keep: bool = False,
    written: tuple[str, ...] = WRITTEN,
) -> Conv:
    """Convolutions that fit on the map; with `keep`, those that leave its size and channels as they are."""
    padded = draw(st.sampled_from(choice.spellings))
    out_channels = channels if keep else draw(st.integers(2, 4))
    common = gcd(channels, out_channels)
    return Conv(
        channels,
        out_channels,
        draw(st.sampled_from(_axes(size[0], padded, keep))),
        draw(st.sampled_from(_axes(size[1], padded, keep))),
        padded,
        draw(st.sampled_from(written)),
        draw(st.sampled_from([groups for groups in range(1, common + 1) if common % groups == 0])),
        draw(st.booleans()),
        draw(st.sampled_from(choice.between)) if padded in PUT_AROUND else "nothing",
    )


@functools.cache
def _axes(size: int, padded: str, keep: bool) -> list[Axis]:
    fits = []
    for kernel, stride, dilation in itertools.product((1, 2, 3, 4), (1, 2, 3), (1, 2)):
        reach = dilation * (kernel - 1)
        for before, after in _paddings(padded, reach):
            axis = Axis(kernel, stride, dilation, before, after)
            # A window that lies in the padding, and strides over the others, would see nothing of the map.
            sees_the_map = max(before, after) <= (reach if stride > 1 else max(reach, 1))
            strides_as_asked = padded != "same" or stride == 1
            if axis.size(size) >= min(SMALLEST, size) and sees_the_map and strides_as_asked:
                fits.append(axis)
    return [axis for axis in fits if axis.size(size) == size] if keep else fits


def _paddings(padded: str, reach: int) -> list[tuple[int, int]]:
    if padded in NOTHING:
        return [(0, 0)]
    if padded == "same":
        return [(reach // 2, reach - reach // 2)]
    if padded in PUT_AROUND:
        return list(itertools.product((0, 1, 2), repeat=2))
    return [(1, 1), (2, 2)]


@functools.cache
def _pools(size: Size) -> list[Pool]:
    windows = [
        Pool(kind, (height, width), (stride, stride), padding)
        for kind in ("max", "average")
        for height, width, stride in itertools.product((2, 3), (2, 3), (1, 2))
        for padding in ((0, 1) if height == width == 3 else (0,))
    ]
    shrunk = [(size[0] - 1, size[1]), (max(SMALLEST, size[0] // 2), size[1] - 1), (SMALLEST, SMALLEST)]
    adaptive = [Pool(kind, each) for kind in ("adaptive max", "adaptive average") for each in shrunk]
    return [pool for pool in windows + adaptive if min(pool.size(size)) >= SMALLEST]
