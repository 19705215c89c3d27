"""Where the parameters of a network are, against what it may have."""

from collections.abc import Mapping

from matplotlib.ticker import MaxNLocator

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    NORMAL,
    ORANGE,
    SMALL,
    VERMILION,
    WIDTH,
    Picture,
    axes_at,
    picture,
    shortened_to,
    text_width,
)
from autograder.figures.words import percent, whole, words

BAR = 24  # pixels from one bar to the next
WIDEST_NAME = 220  # pixels


def parameter_bars(by_layer: Mapping[str, int], budget: int | None = None, language: str = "ru") -> Picture:
    """A bar for each layer's number of parameters and one for their sum, with the budget as a line.

    >>> parameter_bars({"conv1": 896, "conv1x1": 396, "conv3": 3488}, budget=50_000, language="en")
    <Picture size 700x186 with 1 Axes>
    """
    told, total = words(language), sum(by_layer.values())
    numbers = [*by_layer.values(), total]
    places = range(len(numbers))
    height = BAR * len(numbers)
    with picture(height + 90) as figure:
        names = [shortened_to(figure, name, WIDEST_NAME, size=SMALL) for name in by_layer] + [told["total"]]
        left = 20 + max(60, *(text_width(figure, name, size=SMALL) for name in names))
        span = WIDTH - left - 40
        axes = axes_at(figure, left, 46, span, height)
        is_over = budget is not None and total > budget
        axes.barh(places, numbers, height=0.68, color=[BLUE] * len(by_layer) + [VERMILION if is_over else ORANGE],
                  hatch=[""] * len(by_layer) + ["///"], edgecolor=INK, linewidth=0.8)  # fmt: skip
        longest = max(total, budget or 0, 1)
        texts = [f"{whole(number, language)} ({percent(number, total)})" for number in by_layer.values()]
        texts.append(whole(total, language))
        line = "" if budget is None else told["budget"].format(budget=whole(budget, language))
        room = max(text_width(figure, line, size=SMALL) / 2, *(text_width(figure, text) for text in texts)) + 12
        for place, (number, text) in enumerate(zip(numbers, texts, strict=True)):
            axes.text(number + 0.01 * longest, place, text, va="center", size=NORMAL,
                      bbox=dict(facecolor="white", edgecolor="none", pad=0.6), zorder=3)  # fmt: skip
        axes.set_yticks(places, names, size=SMALL)
        axes.set(xlim=(0, longest * span / (span - room)), ylim=(len(numbers) - 0.5, -0.5))
        axes.axhline(len(by_layer) - 0.5, color=GREY, linewidth=0.8)
        axes.xaxis.set_major_formatter(lambda value, _place: whole(round(value), language))
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, min_n_ticks=1))
        axes.tick_params(axis="y", length=0)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlabel(told["parameters"], size=SMALL)
        if budget is not None:
            axes.axvline(budget, color=INK, linestyle="--", linewidth=1.5, gid="budget")
            side = "center" if budget > longest / 3 else "left"
            axes.annotate(line, (budget, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
                          textcoords="offset points", ha=side, size=SMALL)  # fmt: skip
        figure.text(12 / WIDTH, 1 - 16 / (height + 90), _summary(total, budget, language), va="center", weight="bold")
    return figure


def _summary(total: int, budget: int | None, language: str) -> str:
    told = words(language)
    if budget is None:
        return told["sum"].format(total=whole(total, language))
    key = "over budget" if total > budget else "within budget"
    return told[key].format(total=whole(total, language), difference=whole(abs(budget - total), language))
