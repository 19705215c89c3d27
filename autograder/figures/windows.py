"""The windows of a convolution: one of them with its arithmetic, all of them along an axis, and numbers in cells."""

from collections.abc import Callable, Iterator, Mapping

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch.nn import functional as F

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    NORMAL,
    ORANGE,
    SMALL,
    VERMILION,
    WIDTH,
    Picture,
    picture,
    sheet,
)
from autograder.figures.words import by, words
from autograder.network import arithmetic

MARGIN, CAPTION, LINE = 16, 30, 18  # pixels
LARGEST_CELL, SMALLEST_CELL = 36, 14
READ, UNREAD = "#9ECAE1", "#FDD0A2"
MOST_LINES = 12  # windows along an axis that have a line each

Shade = Callable[[float], bool]


def sliding_window(
    image: torch.Tensor,
    kernel: torch.Tensor,
    window: int,
    stride: int = 1,
    padding: int = 0,
) -> Picture:
    """The window of that number on a map (H, W), and the output up to the number that comes of it, with its sum.

    >>> sliding_window(torch.ones(5, 7), torch.ones(3, 3), window=7)
    <Picture size 700x314 with 1 Axes>
    """
    padded = F.pad(image, [padding] * 4)
    output = F.conv2d(padded[None, None], kernel[None, None], stride=stride)[0, 0]
    row, column = divmod(window % output.numel(), output.shape[1])
    top, left = row * stride, column * stride
    height, width = kernel.shape
    under = padded[top : top + height, left : left + width]
    done = torch.full_like(output, float("nan"))
    done.flatten()[: row * output.shape[1] + column + 1] = output.flatten()[: row * output.shape[1] + column + 1]
    shown = (padded, kernel, done)
    cell = _cell(sum(each.shape[1] for each in shown), len(shown))
    tallest = cell * max(each.shape[0] for each in shown)
    with picture(CAPTION + tallest + LINE * (height + 1) + 2 * MARGIN) as figure:
        axes = sheet(figure)
        lefts = [float(MARGIN)]
        for each in shown[:-1]:
            lefts.append(lefts[-1] + each.shape[1] * cell + 2 * MARGIN)
        titles = (by(tuple(padded.shape)), f"∗  {by(tuple(kernel.shape))}", f"=  {by(tuple(output.shape))}")
        for each, at, title in zip(shown, lefts, titles, strict=True):
            _cells(axes, each, at, CAPTION, cell, title)
        _frame(axes, lefts[0] + left * cell, CAPTION + top * cell, width * cell, height * cell)
        _frame(axes, lefts[2] + column * cell, CAPTION + row * cell, cell, cell)
        below = CAPTION + tallest + MARGIN
        for line, text in enumerate(_sums(under, kernel, output[row, column].item())):
            axes.text(MARGIN, below + LINE * line, text, va="center", size=NORMAL)
    return figure


def windows_along_axis(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1, language: str = "ru"
) -> Picture:
    """Where each window of a convolution lies along one axis, which pixels no window reads, and the formula.

    >>> windows_along_axis(8, 3, stride=2, language="en")
    <Picture size 700x324 with 1 Axes>
    """
    told = words(language)
    span = dilation * (kernel_size - 1) + 1
    begins = range(-padding, size + padding - span + 1, stride)
    read = {begin + dilation * weight for begin in begins for weight in range(kernel_size)}
    cell = min(LARGEST_CELL, (WIDTH - 2 * MARGIN) / (size + 2 * padding))
    top = CAPTION + LINE + 6
    with picture(top + LARGEST_CELL + LINE * (MOST_LINES + 1)) as figure:
        axes = sheet(figure)
        settings = f"n={size}, k={kernel_size}, s={stride}, p={padding}, d={dilation}"
        sentence = arithmetic.output_size_sentence(size, kernel_size, stride, padding, dilation)
        told_size = f"m = {sentence}" if begins else told["no window"].format(span=span, length=size + 2 * padding)
        axes.text(MARGIN, CAPTION / 2, settings, va="center", weight="bold")
        axes.text(WIDTH / 3, CAPTION / 2, told_size, va="center", color=INK if begins else VERMILION)
        missed = sum(place not in read for place in range(size))
        axes.text(WIDTH / 3, CAPTION / 2 + LINE, told["windows"].format(count=len(begins), missed=missed), va="center")
        for place in range(-padding, size + padding):
            at = MARGIN + (place + padding) * cell
            real = 0 <= place < size
            colour = "white" if not real else READ if place in read else UNREAD
            axes.add_patch(Rectangle((at, top), cell, cell, facecolor=colour, edgecolor=INK if real else GREY,
                                     linestyle="-" if real else ":", linewidth=0.8))  # fmt: skip
            text = "0" if not real else str(place) if place in read else "✗"
            axes.text(at + cell / 2, top + cell / 2, text, ha="center", va="center", size=SMALL,
                      color=INK if real else GREY)  # fmt: skip
        for line, begin in enumerate(begins[:MOST_LINES]):
            middles = [MARGIN + (begin + dilation * weight + padding + 0.5) * cell for weight in range(kernel_size)]
            height = top + cell + LINE * (line + 0.8)
            axes.plot(middles, [height] * kernel_size, "o-", color=BLUE, markersize=5, linewidth=1.2)
            axes.text(middles[-1] + 10, height, str(line + 1), size=SMALL, color=GREY, va="center")
    return figure


def numbers_in_cells(panels: Mapping[str, torch.Tensor], marked: Shade = lambda _value: False) -> Picture:
    """Small tables of numbers (H, W) side by side under their titles, the marked ones coloured and in bold.

    >>> numbers_in_cells({"a": torch.eye(4), "b": torch.ones(4, 4)}, marked=lambda value: value == 0)
    <Picture size 700x190 with 1 Axes>
    """
    cell = _cell(sum(each.shape[1] for each in panels.values()), len(panels))
    tallest = cell * max(each.shape[0] for each in panels.values())
    with picture(CAPTION + tallest + MARGIN) as figure:
        axes, left = sheet(figure), float(MARGIN)
        for title, values in panels.items():
            _cells(axes, values, left, CAPTION, cell, title, marked)
            left += values.shape[1] * cell + 2 * MARGIN
    return figure


def _cell(columns: int, panels: int) -> float:
    return max(SMALLEST_CELL, min(LARGEST_CELL, (WIDTH - 2 * MARGIN * panels) / columns))


def _cells(
    axes: Axes,
    values: torch.Tensor,
    left: float,
    top: float,
    cell: float,
    title: str,
    marked: Shade = lambda _value: False,
) -> None:
    """Numbers in cells; a NaN is an empty one."""
    axes.text(left, top - 12, title, va="center", size=NORMAL)
    for row, numbers in enumerate(values.tolist()):
        for column, value in enumerate(numbers):
            at = left + column * cell, top + row * cell
            empty = value != value
            colour = LIGHT if empty else ORANGE if marked(value) else "white"
            axes.add_patch(Rectangle(at, cell, cell, facecolor=colour, edgecolor=GREY, linewidth=0.6))
            if not empty:
                axes.text(at[0] + cell / 2, at[1] + cell / 2, _number(value), ha="center", va="center",
                          size=SMALL if cell > 20 else 6, weight="bold" if marked(value) else "normal")  # fmt: skip


def _frame(axes: Axes, left: float, top: float, width: float, height: float) -> None:
    axes.add_patch(Rectangle((left, top), width, height, fill=False, edgecolor=VERMILION, linewidth=2.6))


def _sums(under: torch.Tensor, kernel: torch.Tensor, total: float) -> Iterator[str]:
    """The products of a window row by row, and what they add up to."""
    rows = zip(under.tolist(), kernel.tolist(), strict=True)
    for place, (pixels, weights) in enumerate(rows):
        products = " + ".join(
            f"{_number(pixel)}·{_number(weight) if weight >= 0 else f'({_number(weight)})'}"
            for pixel, weight in zip(pixels, weights, strict=True)
        )
        yield f"{'  ' if place == 0 else '+ '}{products}"
    yield f"=  {_number(total)}"


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
