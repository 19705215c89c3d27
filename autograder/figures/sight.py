"""The figure of a receptive field: what one output value should see, what it sees, and how it grows layer by layer."""

from collections.abc import Iterator

from matplotlib.patches import Rectangle

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    VERMILION,
    WIDTH,
    Picture,
    axes_at,
    picture,
    sheet,
    shortened_to,
)
from autograder.figures.words import by, words
from autograder.network.field import Sight
from autograder.network.layers import layer_name

SIDE, MARGIN, LINE = 300, 34, 20  # pixels
BESIDE = MARGIN + SIDE + 30
MOST_STAGES = 8
Box = tuple[float, float, float, float]  # left, top, width, height


def field_growth(sight: Sight, language: str = "ru") -> Picture:
    """The input with the pixels that the middle output value depends on, and boxes for its layers and what is asked.

    >>> field_growth(Sight((16, 16), 7, Field((6, 10), (6, 10)), ()), language="en")
    <Picture size 700x374 with 2 Axes>
    """
    rows, columns = sight.input_size
    pixel = SIDE / max(rows, columns)
    with picture(MARGIN + rows * pixel + 40) as figure:
        axes = axes_at(figure, MARGIN, MARGIN, columns * pixel, rows * pixel)
        axes.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), facecolor="white")
        axes.set_title(f"{words(language)['input']} {by(sight.input_size)}")
        middle = (float(columns // 2), float(rows // 2))
        if sight.field:
            (top, bottom), (left, right) = sight.field.rows, sight.field.columns
            middle = ((left + right) / 2, (top + bottom) / 2)
            axes.add_patch(_patch((left, top, right - left + 1, bottom - top + 1), facecolor=LIGHT, gid="found"))
        for stage in sight.stages[:MOST_STAGES]:
            axes.add_patch(_patch(_around(middle, stage.after), fill=False, edgecolor=BLUE, linewidth=1.2, gid="stage"))
        asked = _around(middle, (sight.wanted, sight.wanted))
        axes.add_patch(_patch(asked, fill=False, edgecolor=VERMILION, linewidth=2.2, linestyle="--", gid="asked"))
        axes.plot(*middle, marker="s", color=INK, markersize=3)
        beside = sheet(figure)
        for place, (line, colour) in enumerate(_lines(figure, sight, language)):
            beside.text(BESIDE, MARGIN + LINE / 2 + LINE * place, line, color=colour, va="center")
    return figure


def _around(middle: tuple[float, float], size: tuple[int, int]) -> Box:
    (height, width), (column, row) = size, middle
    return column - (width - 1) / 2, row - (height - 1) / 2, width, height


def _patch(box: Box, **style: object) -> Rectangle:
    left, top, width, height = box
    return Rectangle((left - 0.5, top - 0.5), width, height, **style)  # type: ignore[arg-type]


def _lines(figure: Picture, sight: Sight, language: str) -> Iterator[tuple[str, str]]:
    told = words(language)
    found = by(sight.field.size) if sight.field else told["nothing is seen"]
    yield told["field asked"].format(size=by((sight.wanted, sight.wanted))), VERMILION
    yield told["field found"].format(size=found), INK
    yield "", INK
    yield told["field by layers"], BLUE
    yield "1×1", BLUE
    for stage in sight.stages[:MOST_STAGES]:
        name = shortened_to(figure, layer_name(stage.window.module), WIDTH - BESIDE - 160)
        yield f"{by(stage.before)} → {by(stage.after)}  {name}", BLUE
    if len(sight.stages) > MOST_STAGES:
        yield "…", GREY
