"""What each part of a network costs, in three columns of bars."""

from collections.abc import Mapping

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    NORMAL,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    picture,
    sheet,
    shortened_to,
    text_width,
)
from autograder.figures.words import percent, whole, words
from autograder.network.costs import Cost

BAR, HEAD, MARGIN = 24, 50, 12  # pixels
TEXT = 114  # pixels for the numbers after a bar
WIDEST_NAME = 90  # pixels
COLUMNS = {"parameters": (BLUE, ""), "multiply-adds": ("white", "///"), "kept": (ORANGE, "")}


def cost_bars(by_part: Mapping[str, Cost], language: str = "ru") -> Picture:
    """A bar for each part's parameters, its multiply-adds and the memory it keeps for the backward pass.

    Each column has its own scale, with its sum above it and each part's share beside the number.

        >>> network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU())
        >>> cost_bars(costs(network, torch.zeros(1, 3, 32, 32)), language="en")
        <Picture size 700x122 with 1 Axes>
    """
    told = words(language)
    with picture(HEAD + BAR * len(by_part) + 2 * MARGIN) as figure:
        axes = sheet(figure)
        shown = [shortened_to(figure, name, WIDEST_NAME, size=SMALL) for name in by_part]
        names = max((text_width(figure, name, size=SMALL) for name in shown), default=0)
        step = (WIDTH - 2 * MARGIN - names) / len(COLUMNS)
        longest = step - TEXT - MARGIN
        for row, name in enumerate(shown):
            axes.text(MARGIN + names, HEAD + BAR * (row + 0.5), name, ha="right", va="center", size=SMALL)
        for column, (key, (colour, hatch)) in enumerate(COLUMNS.items()):
            left = 2 * MARGIN + names + step * column
            numbers = [_numbers(cost)[key] for cost in by_part.values()]
            total, most = sum(numbers), max(numbers, default=0) or 1
            axes.text(left, MARGIN + 6, told[key], va="center", size=NORMAL, weight="bold")
            axes.text(left, MARGIN + 24, told["sum"].format(total=_told(key, total, language)), va="center", size=SMALL)
            axes.plot([left, left], [HEAD, HEAD + BAR * len(by_part)], color=GREY, linewidth=0.8)
            for row, number in enumerate(numbers):
                top, length = HEAD + BAR * row + 5, longest * number / most
                axes.fill_between([left, left + length], top, top + BAR - 10, facecolor=colour, hatch=hatch,
                                  edgecolor=INK, linewidth=0.8)  # fmt: skip
                text = f"{_told(key, number, language)} ({percent(number, total)})"
                axes.text(left + length + 4, top + BAR / 2 - 5, text, va="center", size=SMALL)
    return figure


def _numbers(cost: Cost) -> dict[str, int]:
    return {"parameters": cost.parameters, "multiply-adds": cost.multiply_adds, "kept": cost.kept_bytes}


def _told(key: str, number: int, language: str) -> str:
    if key == "parameters":
        return whole(number, language)
    unit, millions = "megabytes" if key == "kept" else "millions", number / 1e6
    shown = f"{millions:.0f}" if millions >= 100 else "<0.01" if 0 < millions < 0.01 else f"{millions:.3g}"
    return words(language)[unit].format(number=shown)
