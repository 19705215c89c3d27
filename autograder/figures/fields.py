"""How a receptive field grows: the numbers of each map along one axis that one number of a later map depends on."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import Rectangle

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NORMAL,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    picture,
    sheet,
)
from autograder.figures.words import words
from autograder.network.arithmetic import output_size

MARGIN, ROW = 20, 46  # pixels; from one map to the next
TEXT = 210  # pixels for the words beside the maps

Layer = tuple[int, int, int, int]  # kernel, stride, padding, dilation


@dataclass(frozen=True)
class _Axis:
    """A map along one axis: its length, and where its numbers lie in pixels of the input: first + step · i."""

    length: int
    first: float = 0.0
    step: float = 1.0

    def after(self, layer: Layer) -> "_Axis":
        kernel, stride, padding, dilation = layer
        length = max(0, output_size(self.length, kernel, stride, padding, dilation))
        return _Axis(length, self.first + self.step * (dilation * (kernel - 1) / 2 - padding), self.step * stride)


def field_along_axis(size: int, layers: Sequence[Layer], depth: int, language: str = "ru") -> Picture:
    """What one number in the middle of the map after `depth` layers sees, map by map down to the input of that size.

    >>> field_along_axis(24, [(3, 1, 0, 1), (3, 2, 0, 1), (3, 1, 0, 1)], depth=3, language="en")
    <Picture size 700x224 with 1 Axes>
    """
    told = words(language)
    axes_of = [_Axis(size)]
    for layer in layers:
        axes_of.append(axes_of[-1].after(layer))
    seen = _seen(axes_of, layers, depth)
    cell = (WIDTH - TEXT - 2 * MARGIN) / size
    side = min(14.0, cell - 1.5)
    with picture(MARGIN * 2 + ROW * (len(layers) + 1)) as figure:
        axes = sheet(figure)

        def middle(depth: int, number: int) -> tuple[float, float]:
            place = axes_of[depth].first + axes_of[depth].step * number
            return MARGIN + (place + 0.5) * cell, MARGIN + ROW * (depth + 0.4)

        for above in range(1, depth + 1):
            kernel, stride, padding, dilation = layers[above - 1]
            for number in seen[above]:
                for weight in range(kernel):
                    read = number * stride - padding + weight * dilation
                    if read in seen[above - 1]:
                        ends = middle(above - 1, read), middle(above, number)
                        axes.plot(*zip(*ends, strict=True), color=GREY, linewidth=0.5, zorder=0)
        for row, axis in enumerate(axes_of):
            for number in range(axis.length):
                x, y = middle(row, number)
                colour = "white" if number not in seen[row] else ORANGE if row == depth else BLUE
                axes.add_patch(Rectangle((x - side / 2, y - side / 2), side, side, facecolor=colour,
                                         edgecolor=INK if row <= depth else LIGHT, linewidth=0.7))  # fmt: skip
            name = told["input"] if row == 0 else _settings(layers[row - 1])
            colour = INK if row <= depth else GREY
            left, top = WIDTH - TEXT, MARGIN + ROW * (row + 0.4)
            axes.text(left, top - 7, f"{name}: {axis.length}", size=SMALL, va="center", color=colour)
            if row <= depth:
                needed = told["needed"].format(count=max(seen[row]) - min(seen[row]) + 1)
                axes.text(left, top + 8, needed, size=NORMAL, va="center", weight="normal" if row else "bold")
    return figure


def _seen(axes_of: Sequence[_Axis], layers: Sequence[Layer], depth: int) -> list[set[int]]:
    """The numbers of each map that the middle one after `depth` layers depends on; those beyond are none."""
    seen: list[set[int]] = [set() for _axis in axes_of]
    seen[depth] = {axes_of[depth].length // 2}
    for row in range(depth, 0, -1):
        kernel, stride, padding, dilation = layers[row - 1]
        read = {number * stride - padding + weight * dilation for number in seen[row] for weight in range(kernel)}
        seen[row - 1] = {number for number in read if 0 <= number < axes_of[row - 1].length}
    return seen


def _settings(layer: Layer) -> str:
    kernel, stride, padding, dilation = layer
    named = {"s": (stride, 1), "p": (padding, 0), "d": (dilation, 1)}
    return ", ".join([f"k={kernel}", *(f"{name}={value}" for name, (value, usual) in named.items() if value != usual)])
