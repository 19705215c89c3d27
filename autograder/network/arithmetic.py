"""The formulas of PyTorch's convolution, and the same formulas as sentences with the reader's numbers in them.

Source of both formulas: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html ("Shape" and "Variables").
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

CHANGEABLE = ("kernel_size", "stride", "padding")  # what a size is mended by


@dataclass(frozen=True)
class Change:
    """One hyper-parameter of a convolution set to another value."""

    name: str
    value: int


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value


def exact_output_size(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Fraction:
    """The output size before it is rounded down."""
    return Fraction(size + 2 * padding - dilation * (kernel_size - 1) - 1, stride) + 1


def output_size(size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Pixels along one axis after a convolution; 0 or less where the kernel does not fit into the map."""
    return floor(exact_output_size(size, kernel_size, stride, padding, dilation))


def size_through(size: int, layers: Iterable[Sequence[int]]) -> int:
    """Pixels along one axis after layers of these kernel size, stride, padding, dilation; 0 where one does not fit."""
    for layer in layers:
        size = max(0, output_size(size, *layer)) if size else 0
    return size


def output_size_sentence(size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> str:
    """`(32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15`; the arrow stands only where the floor changes the value."""
    exact = exact_output_size(size, kernel_size, stride, padding, dilation)
    sentence = f"({size} + 2·{padding} − {dilation}·({kernel_size}−1) − 1)/{stride} + 1 = {round(float(exact), 3):.10g}"
    return sentence if exact.denominator == 1 else f"{sentence} → {floor(exact)}"


def convolution_parameters(
    in_channels: int, out_channels: int, kernel_size: int | tuple[int, int], groups: int = 1, bias: bool = True
) -> int:
    """Elements of weight and bias of a 2-d convolution; ValueError where groups do not divide both channel counts."""
    if in_channels % groups or out_channels % groups:
        raise ValueError(f"groups={groups} must divide in_channels={in_channels} and out_channels={out_channels}")
    height, width = _pair(kernel_size)
    return out_channels * (in_channels // groups) * height * width + (out_channels if bias else 0)


def convolution_parameters_sentence(
    in_channels: int, out_channels: int, kernel_size: int | tuple[int, int], groups: int = 1, bias: bool = True
) -> str:
    """`32·3·3·3 + 32 = 896`: out_channels · in_channels/groups · kernel height · kernel width + bias."""
    height, width = _pair(kernel_size)
    total = convolution_parameters(in_channels, out_channels, kernel_size, groups, bias)
    per_group = f"({in_channels}/{groups})" if groups > 1 else f"{in_channels}"
    return f"{out_channels}·{per_group}·{height}·{width}{f' + {out_channels}' if bias else ''} = {total}"


def smallest_change(
    size: int,
    wanted: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    smallest_kernel: int = 1,
    may_change: Collection[str] = CHANGEABLE,
) -> Change | None:
    """The one hyper-parameter whose nearest other value gives `wanted` pixels; kernel before stride before padding."""
    present = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    lowest = {"kernel_size": smallest_kernel, "stride": 1, "padding": 0}
    candidates = [
        Change(name, value)
        for name in present
        if name in may_change
        for value in range(lowest[name], size + stride * wanted + dilation * kernel_size + 1)
        if value != present[name] and output_size(size, dilation=dilation, **(present | {name: value})) == wanted
    ]
    return min(candidates, key=lambda change: abs(change.value - present[change.name]), default=None)
