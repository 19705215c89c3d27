"""The parameters of a convolution as squares: which input channels an output channel reads, and how many add up."""

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NORMAL,
    ORANGE,
    SMALL,
    VERMILION,
    Picture,
    picture,
    sheet,
)
from autograder.figures.words import whole, words

MARGIN, NAMES, HEAD, LINE, GAP = 14, 110, 56, 20, 6  # pixels
LARGEST, AREA = 46, 330  # pixels of a kernel's side, and for all rows or columns of them


def kernel_table(
    in_channels: int, out_channels: int, kernel_size: int, groups: int = 1, bias: bool = True, language: str = "ru"
) -> Picture:
    """A row for each output channel and a column for each input channel, with a kernel where one reads the other.

    Below stands the sum. Groups that do not divide the channels get the reason why there is no such layer.

        >>> kernel_table(6, 12, 3, groups=3, language="en")
        <Picture size 700x454 with 1 Axes>
    """
    told = words(language)
    side = min(LARGEST, AREA / max(in_channels, out_channels))
    is_layer = in_channels % groups == 0 and out_channels % groups == 0
    with picture(HEAD + side * out_channels + 2 * LINE + 2 * MARGIN) as figure:
        axes = sheet(figure)
        right = NAMES + side * in_channels
        axes.text(NAMES, MARGIN + 4, told["input channels"], va="center", size=NORMAL)
        axes.text(MARGIN, HEAD + 8, told["output channels"], va="center", size=NORMAL)
        for channel in range(in_channels):
            axes.text(NAMES + side * (channel + 0.5), HEAD - 10, str(channel), ha="center", va="center", size=SMALL)
        for channel in range(out_channels):
            axes.text(NAMES - 8, HEAD + side * (channel + 0.5), str(channel), ha="right", va="center", size=SMALL)
        if is_layer:
            for row in range(out_channels):
                group = row * groups // out_channels
                for column in range(in_channels):
                    reads = column * groups // in_channels == group
                    _kernel(axes, NAMES + side * column, HEAD + side * row, side - 4, kernel_size if reads else 0)
            if bias:
                axes.text(right + 2 * GAP, HEAD - 10, told["bias"], va="center", size=SMALL)
                for row in range(out_channels):
                    dot = side / 3 if kernel_size == 1 else max(5.0, (side - 4) / kernel_size)
                    at = right + 2 * GAP, HEAD + side * (row + 0.5) - dot / 2
                    axes.add_patch(Rectangle(at, dot, dot, facecolor=ORANGE, edgecolor=INK, linewidth=0.6, gid="bias"))
        below = HEAD + side * out_channels + MARGIN + LINE / 2
        text, colour = (told["no groups"].format(groups=groups, channels=f"{in_channels}, {out_channels}"), VERMILION)
        if is_layer:
            text, colour = _sum(in_channels, out_channels, kernel_size, groups, bias, language), INK
        axes.text(NAMES, below, text, va="center", size=NORMAL, weight="bold", color=colour)
    return figure


def _kernel(axes: Axes, left: float, top: float, side: float, kernel_size: int) -> None:
    """A kernel as its squares, or the empty place of one that is not there."""
    if not kernel_size:
        axes.add_patch(Rectangle((left, top), side, side, fill=False, edgecolor=LIGHT, linewidth=0.6))
        return
    cell = side / kernel_size
    squares = [
        Rectangle((left + cell * column, top + cell * row), cell, cell)
        for row in range(kernel_size)
        for column in range(kernel_size)
    ]
    axes.add_collection(
        PatchCollection(squares, facecolor=BLUE, edgecolor="white", linewidth=0.5, gid=f"weights {len(squares)}")
    )
    axes.add_patch(Rectangle((left, top), side, side, fill=False, edgecolor=GREY, linewidth=0.6))


def _sum(in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool, language: str) -> str:
    read = f"{in_channels}" if groups == 1 else f"{in_channels}/{groups}"
    weights = out_channels * (in_channels // groups) * kernel_size**2
    if bias:
        total = whole(weights + out_channels, language)
        return f"{out_channels} · ({read} · {kernel_size}² + 1) = {total}"
    return f"{out_channels} · {read} · {kernel_size}² = {whole(weights, language)}"
