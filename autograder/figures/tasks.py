"""How a task of one's own is shown: a sentence, a table, and for sizes a picture."""

from collections.abc import Mapping
from html import escape

from matplotlib.patches import FancyArrowPatch, Rectangle

from autograder.figures.drawing import BLUE, INK, LIGHT, NORMAL, ORANGE, Picture, picture, sheet
from autograder.figures.words import by, real, whole, words

LARGEST = 150  # pixels of the input's side
MARGIN, TOP, GAP = 60, 20, 210


def size_task_html(size: int, output: int, channels: int, convolutions: int, kernel_size: int, language: str) -> str:
    """The task on sizes as a sentence and a table."""
    told = words(language)
    given, wanted, kernel = by((3, size, size)), by((channels, output, output)), by((kernel_size, kernel_size))
    sentence = told["size task"].format(size=given, output=wanted, count=convolutions, kernel=kernel)
    rows = {
        "task input": f"(N, 3, {size}, {size})",
        "task output": f"(N, {channels}, {output}, {output})",
        "task convolutions": str(convolutions),
        "task kernel": kernel,
        "task padding": told["no padding"],
    }
    return _html(sentence, {told[key]: value for key, value in rows.items()})


def budget_task_html(channels: int, receptive_field: int, budget: int, direct: int, language: str) -> str:
    """The task on parameters as a sentence and a table."""
    told = words(language)
    field = by((receptive_field, receptive_field))
    sentence = told["budget task"].format(output=by((channels, 32, 32)), field=field, budget=whole(budget, language))
    times = told["times the budget"].format(total=whole(direct, language), times=real(round(direct / budget, 2)))
    rows = {
        "task input": "(N, 3, 32, 32)",
        "task output": f"(N, {channels}, 32, 32)",
        "task field": field,
        "task budget": whole(budget, language),
        "task direct": times,
    }
    return _html(sentence, {told[key]: value for key, value in rows.items()})


def size_task_picture(size: int, output: int, channels: int, convolutions: int, language: str = "ru") -> Picture:
    """The map that goes in and the map that is to come out, to one scale."""
    told, pixel = words(language), LARGEST / size
    with picture(TOP + LARGEST + 50) as figure:
        axes, bottom = sheet(figure), TOP + LARGEST
        right = MARGIN + LARGEST + GAP
        for left, side, colour, label in (
            (MARGIN, size, LIGHT, f"{told['input']} {by((3, size, size))}"),
            (right, output, BLUE, f"{told['task output']} {by((channels, output, output))}"),
        ):
            box = Rectangle((left, bottom - side * pixel), side * pixel, side * pixel, facecolor=colour, edgecolor=INK)
            axes.add_patch(box)
            axes.text(left + side * pixel / 2, bottom + 18, label, ha="center", va="center", weight="bold")
        middle = TOP + LARGEST / 2
        start, end = MARGIN + LARGEST + 15, right - 15
        axes.add_patch(FancyArrowPatch((start, middle), (end, middle), arrowstyle="-|>", mutation_scale=12,
                                       color=ORANGE, linewidth=2, shrinkA=0, shrinkB=0))  # fmt: skip
        lines = told["up to convolutions"].format(count=convolutions), "padding=0"
        for place, line in enumerate(lines):
            axes.text((start + end) / 2, middle - 14 + 30 * place, line, ha="center", va="center", size=NORMAL)
    return figure


def _html(sentence: str, rows: Mapping[str, str]) -> str:
    lines = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows.items())
    return f"<p>{escape(sentence)}</p><table>{lines}</table>"
