"""How numbers lie that were measured many times, one strip over another on a common axis."""

import math
from collections.abc import Mapping, Sequence

import torch
from matplotlib.axes import Axes

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    NORMAL,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    axes_at,
    picture,
    shortened_to,
    text_width,
)
from autograder.figures.words import real, whole, words

MARGIN = 24
STRIP, WORDS_ABOVE, MARKS_BELOW = 50, 24, 14  # pixels of a strip's histogram, of its words, of its mean and numbers
BINS = 80
MOST_TICKED = 400  # numbers that are each drawn as a tick below the histogram
COLOURS, HATCHES = (BLUE, ORANGE), ("", "////")


def activation_distributions(samples: Mapping[str, Sequence[float]], language: str = "ru", label: str = "") -> Picture:
    """A histogram for each sample, over one another on one axis with zero, with mean and standard deviation.

    `label` says what the numbers are, under the axis; NaN and infinity are counted and not drawn.

        >>> generator = torch.Generator().manual_seed(0)
        >>> means = {f"padding={p}": 0.01 * torch.randn(200, generator=generator) + 0.08 for p in (0, 1)}
        >>> activation_distributions(means, language="en", label="mean activation")
        <Picture size 700x262 with 2 Axes>
    """
    told = words(language)
    given = {name: torch.as_tensor(values, dtype=torch.float64).detach().flatten() for name, values in samples.items()}
    finite = {name: values[values.isfinite()] for name, values in given.items()}
    edges = _edges(finite)
    strip = WORDS_ABOVE + STRIP + MARKS_BELOW
    height = strip * len(given) + 86
    with picture(height) as figure:
        for place, (name, values) in enumerate(finite.items()):
            axes = axes_at(figure, MARGIN, 8 + place * strip + WORDS_ABOVE, WIDTH - 2 * MARGIN, STRIP + MARKS_BELOW)
            _draw_strip(axes, values, edges, place)
            statistics = _statistics(values, given[name].numel() - values.numel(), language)
            room = WIDTH - 3 * MARGIN - text_width(figure, statistics, size=SMALL)
            line = 1 - (8 + place * strip + WORDS_ABOVE / 2 + 1) / height
            shown = shortened_to(figure, name, room, weight="bold")
            figure.text(MARGIN / WIDTH, line, shown, weight="bold", va="center")
            figure.text(1 - MARGIN / WIDTH, line, statistics, ha="right", va="center", size=SMALL)
            if place + 1 < len(finite):
                axes.tick_params(axis="x", labelbottom=False, length=0)
        if given:
            axes.set_xlabel(label, size=NORMAL)
        figure.text(0.5, 12 / height, f"{told['mean line']};  ┆ {told['zero']}", ha="center", va="center", size=SMALL,
                    color=GREY)  # fmt: skip
    return figure


def _statistics(values: torch.Tensor, left_out: int, language: str) -> str:
    told, count = words(language), values.numel()
    mean = real(values.mean().item()) if count else "—"
    spread = real(values.std().item()) if count > 1 else "—"
    text = told["mean and spread"].format(mean=mean, spread=spread, count=whole(count, language))
    return f"{text}; {told['not finite'].format(count=left_out)}" if left_out else text


def _edges(samples: Mapping[str, torch.Tensor]) -> list[float]:
    """The edges of the bins that all samples are counted in; zero is one of them."""
    marks = [
        values.mean() + sign * values.std() for values in samples.values() if values.numel() > 1 for sign in (-1, 1)
    ]
    drawn = torch.cat([torch.zeros(1, dtype=torch.float64), *samples.values(), *(mark.reshape(1) for mark in marks)])
    low, high = drawn.min().item(), drawn.max().item()
    width = _round_up((high - low or 1.0) / BINS)
    first, last = math.floor(low / width) - 1, math.floor(high / width) + 2
    return [float(f"{width * edge:.12g}") for edge in range(first, last + 1)]


def _round_up(width: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width)


def _draw_strip(axes: Axes, values: torch.Tensor, edges: list[float], place: int) -> None:
    kind = place % len(COLOURS)
    counts = torch.histogram(values, torch.tensor(edges, dtype=torch.float64)).hist.tolist() if values.numel() else []
    highest = max(counts, default=0) or 1
    below = -highest * MARKS_BELOW / STRIP
    if counts:
        axes.stairs(counts, edges, fill=True, facecolor=COLOURS[kind], edgecolor=INK, hatch=HATCHES[kind], alpha=0.85)
        mean, spread = values.mean().item(), values.std().item() if values.numel() > 1 else 0.0
        if values.numel() <= MOST_TICKED:
            axes.vlines(values.numpy(), 0.75 * below, 0.25 * below, color=GREY, linewidth=0.4, gid="numbers")
        axes.errorbar([mean], [0.5 * below], xerr=[spread], fmt="D", color=INK, markersize=5, capsize=4, linewidth=1.4)
    axes.axvline(0, color=INK, linestyle=":", linewidth=1.3, gid="zero")
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set(xlim=(edges[0], edges[-1]), ylim=(below, highest * 1.05), yticks=[])
    axes.spines[["top", "left", "right"]].set_visible(False)
