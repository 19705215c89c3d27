"""The shape ladder: the feature maps of a network from top to bottom, and the arithmetic between them."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Polygon, Rectangle

from autograder.figures.drawing import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    LINE,
    NORMAL,
    ORANGE,
    SMALL,
    VERMILION,
    Picture,
    picture,
    sheet,
)
from autograder.figures.steps import Map, formulas_of, map_of, shape_text, steps_of, text_of
from autograder.figures.words import by, shortened, words
from autograder.network.layers import LINEAR, Window, layer_name
from autograder.network.trace import Trace

FACT, PREDICTION = 110, 330  # pixels from the left: the middles of the columns of maps
TEXT = 140  # where the words on an arrow begin
LARGEST, SMALLEST = 110, 36  # the largest map's side, in pixels, in a short ladder and in a long one
THICKEST = 40  # pixels for the map of most channels
SLANT = 0.3  # how much a box rises with its thickness
MARGIN = 12
WIDEST_TEXT, WIDEST_ERROR = 76, 76  # characters of a line
MOST_ERROR_LINES = 4
LONGEST_NAME = 28
MOST_LINEAR = 3  # layers: a perceptron's, not those of attention
COLOURS = {"input": LIGHT, "convolution": BLUE, "pooling": ORANGE}


@dataclass(frozen=True)
class Rung:
    """What led to a map (lines on the arrow), the map itself, and what was predicted for it.

    `kind` is input, convolution, pooling, stopped (then `map` is the last one before) or end (no map).
    """

    kind: str
    lines: tuple[str, ...]
    caption: str
    map: Map | None
    error: tuple[str, ...] = ()
    predicted: Map | None = None


def shape_ladder(trace: Trace, predicted: Sequence[Map | None] | None = None, language: str = "ru") -> Picture:
    """The input and what each convolution and pooling made of it, drawn to scale, with the formula on each arrow.

    `predicted` holds what the reader expected of each convolution and pooling in order of execution, as (C, H, W);
    None or `...` is passed over. It is drawn in grey beside the fact; ValueError for anything else. A network that
    stopped is drawn up to the layer that failed.

        >>> network = nn.Sequential(nn.Conv2d(3, 32, 3, stride=2), nn.ReLU(), nn.MaxPool2d(2))
        >>> shape_ladder(observe(network, torch.zeros(1, 3, 32, 32)), predicted=[(32, 16, 16), None], language="en")
        <Picture size 700x414 with 1 Axes>
    """
    rungs = tuple(_rungs(trace, _maps(predicted, language), language))
    scale = _Scale.of(rungs)
    scale_line = LINE + MARGIN
    height = MARGIN + sum(scale.height(rung) for rung in rungs) + scale_line
    with picture(height) as figure:
        axes, top = sheet(figure), float(MARGIN)
        for rung in rungs:
            _draw(axes, rung, top, scale, language)
            top += scale.height(rung)
        axes.text(MARGIN, top + scale_line / 2, words(language)["scale"], color=GREY, size=SMALL, va="center")
    return figure


def _maps(predicted: Sequence[Map | None] | None, language: str) -> tuple[Map | None, ...]:
    """What a reader predicted; ValueError, in the reader's language, where it is no list of sizes."""
    maps = tuple(predicted) if isinstance(predicted, (list, tuple)) else () if predicted is None else (predicted,)
    maps = tuple(None if each is ... else each for each in maps)
    for each in maps:
        if each is not None and not _is_map(each):
            raise ValueError(words(language)["no prediction"].format(given=repr(each)))
    return tuple(tuple(each) if each is not None else None for each in maps)


def _is_map(value: object) -> bool:
    if not isinstance(value, (list, tuple)) or len(value) != 3:
        return False
    return all(isinstance(side, int) and side > 0 for side in value)


def _rungs(trace: Trace, predicted: tuple[Map | None, ...], language: str) -> Iterator[Rung]:
    told = words(language)
    steps = steps_of(trace)
    expected = iter(predicted)
    given = [each.shape for each in trace.inputs]
    arrived = next(filter(None, map(map_of, given)), None)
    yield Rung("input", (), f"{told['input']} {', '.join(by(map_of(shape) or shape) for shape in given)}", arrived)
    for step in steps:
        yield Rung(
            "convolution" if step.is_convolution else "pooling",
            tuple(_lines(step, arrived, language)),
            by(step.output_shape[-3:]),
            map_of(step.output_shape),
            predicted=next(expected, None),
        )
        arrived = map_of(step.output_shape)
    if trace.stopped:
        stop = trace.stopped
        name = f"{shortened(layer_name(stop.module), LONGEST_NAME)} {f'({stop.module_class})' if stop.module else ''}"
        key = "received" if stop.received else "not received"
        error = textwrap.wrap(
            f"{stop.error}: {stop.message}", WIDEST_ERROR, max_lines=MOST_ERROR_LINES, placeholder="…"
        )
        received = ", ".join(map(str, stop.received))
        line = _wrapped(told[key].format(layer=name.strip(), shape=received))
        yield Rung("stopped", line, told["stopped"], arrived, tuple(error), next(expected, None))
    elif not trace.outputs:
        yield Rung("end", (told["no tensor"].format(kind=trace.returned),), "", None)
    elif trace.returned or map_of(trace.outputs[0].shape) != arrived:
        linear = _linear_layers(trace, after=steps[-1].index if steps else -1)
        outputs = (f"{shortened(each.name, LONGEST_NAME)} {shape_text(each.shape)}".strip() for each in trace.outputs)
        yield Rung("end", (*linear, *_wrapped(told["output"].format(shape=", ".join(outputs)))), "", None)


def _linear_layers(trace: Trace, after: int) -> list[str]:
    """The first linear layers that ran after an operator: `fc: Linear 392→10`."""
    found = [each for each in trace.operators[after + 1 :] if each.family in LINEAR][:MOST_LINEAR]
    names = [shortened(layer_name(each.module), LONGEST_NAME) for each in found]
    sides = [[tensor.shape[-1] for tensor in each.inputs[-2:]] for each in found]  # of the rows and of the weight
    return [f"{name}: Linear {taken}→{given}" for name, (taken, given) in zip(names, sides, strict=True)]


def _lines(step: Window, arrived: Map | None, language: str) -> Iterator[str]:
    """What is written on the arrow that leads to a step's map."""
    told, formulas = words(language), formulas_of(step)
    yield from _wrapped(f"{shortened(layer_name(step.module), LONGEST_NAME)}: {text_of(step)}")
    if map_of(step.input_shape) != arrived:
        yield told["arrived"].format(shape=by(step.input_shape[-3:]))
    if len(formulas) == 1:
        yield formulas[0]
    for axis, formula in zip(("height", "width"), formulas, strict=False) if len(formulas) > 1 else ():
        yield told[axis].format(formula=formula)


def _wrapped(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, WIDEST_TEXT))


@dataclass(frozen=True)
class _Scale:
    """Pixels of the figure for one pixel of a map, and for one channel."""

    pixel: float
    channel: float

    @classmethod
    def of(cls, rungs: tuple[Rung, ...]) -> "_Scale":
        maps = [each for rung in rungs for each in (rung.map, rung.predicted) if each]
        largest = min(LARGEST, max(SMALLEST, 480 / len(rungs)))
        return cls(
            largest / max((side for each in maps for side in each[1:]), default=1) if maps else 1.0,
            THICKEST / max((each[0] for each in maps), default=1) if maps else 1.0,
        )

    def box(self, map: Map) -> tuple[float, float, float]:
        """Height, width and thickness in pixels; what is there can be seen."""
        channels, height, width = map
        return max(2.0, height * self.pixel), max(2.0, width * self.pixel), max(2.0, channels * self.channel)

    def tallest(self, rung: Rung) -> float:
        """The height in pixels of the boxes of a rung, the rise of their thickness included."""
        heights = [box[0] + SLANT * box[2] for box in map_boxes(rung, self)]
        return max(heights, default=0.0)

    def gap(self, rung: Rung) -> float:
        """The height in pixels of the arrow and the words on it."""
        lines = len(rung.lines) + len(rung.error)
        return lines * LINE + 12 if lines else 0

    def height(self, rung: Rung) -> float:
        return round(self.gap(rung) + self.tallest(rung) + (LINE + 8 if rung.caption else 8))


def map_boxes(rung: Rung, scale: _Scale) -> list[tuple[float, float, float]]:
    """Height, width and thickness in pixels of the fact's box and of the prediction's, where they are drawn."""
    fact = [_stopped_box(rung, scale)] if rung.kind == "stopped" else [scale.box(rung.map)] if rung.map else []
    return fact + ([scale.box(rung.predicted)] if rung.predicted else [])


def _stopped_box(rung: Rung, scale: _Scale) -> tuple[float, float, float]:
    height, width, _thickness = scale.box(rung.map) if rung.map else (0.0, 0.0, 0.0)
    return max(height, 24.0), max(width, 24.0), 0.0


def _draw(axes: Axes, rung: Rung, top: float, scale: _Scale, language: str) -> None:
    gap = scale.gap(rung)
    bottom = top + gap + scale.tallest(rung)
    boxes = map_boxes(rung, scale)
    if gap:
        _draw_arrow(axes, rung, top, gap)
    if rung.kind == "stopped":
        _draw_stop(axes, bottom, boxes[0])
        _write_below(axes, FACT, bottom, rung.caption, color=VERMILION, weight="bold")
    elif rung.map:
        _draw_box(axes, FACT, bottom, boxes[0], facecolor=COLOURS[rung.kind], edgecolor=INK, gid=f"map {rung.kind}",
                  hatch="///" if rung.kind == "pooling" else None)  # fmt: skip
    if rung.kind in COLOURS:
        _write_below(axes, FACT, bottom, rung.caption, weight="bold")
    if rung.predicted:
        _draw_box(axes, PREDICTION, bottom, boxes[-1], facecolor="none", edgecolor=GREY, gid="map predicted",
                  linestyle="--")  # fmt: skip
        mark = "✓" if rung.predicted == rung.map and rung.kind != "stopped" else "✗"
        text = words(language)["predicted"].format(shape=by(rung.predicted), mark=mark)
        _write_below(axes, PREDICTION, bottom, text, color=GREY)


def _write_below(axes: Axes, middle: float, bottom: float, text: str, **style: Any) -> None:
    axes.text(middle, bottom + LINE / 2 + 3, text, va="center", ha="center", size=NORMAL, **style)


def _draw_arrow(axes: Axes, rung: Rung, top: float, gap: float) -> None:
    colour = VERMILION if rung.kind == "stopped" else INK
    arrow = FancyArrowPatch((FACT, top), (FACT, top + gap - 3), arrowstyle="-|>", mutation_scale=10, color=colour,
                            shrinkA=0, shrinkB=0, gid="arrow")  # fmt: skip
    axes.add_patch(arrow)
    middle = top + 4 + LINE / 2
    for place, line in enumerate((*rung.lines, *rung.error)):
        is_error = place >= len(rung.lines)
        axes.text(
            TEXT,
            middle + place * LINE,
            _plain(line),
            color=VERMILION if rung.kind == "stopped" and not is_error else INK,
            size=SMALL - 1 if is_error else NORMAL,
            family="DejaVu Sans Mono" if is_error else None,
            va="center",
        )


def _plain(text: str) -> str:
    """The text with nothing that Matplotlib takes for a formula."""
    return text.replace("$", r"\$")


def _draw_box(axes: Axes, middle: float, bottom: float, box: tuple[float, float, float], **style: Any) -> None:
    """A box in oblique projection: the front is height × width, the thickness goes to the right and up."""
    height, width, thickness = box
    left, top, rise = middle - width / 2, bottom - height, SLANT * thickness
    sides = {**style, "hatch": None, "gid": "side"}
    axes.add_patch(Polygon([(left, top), (left + thickness, top - rise), (left + width + thickness, top - rise),
                            (left + width, top)], alpha=0.55, **sides))  # fmt: skip
    axes.add_patch(Polygon([(left + width, top), (left + width + thickness, top - rise),
                            (left + width + thickness, bottom - rise), (left + width, bottom)],
                           alpha=0.75, **sides))  # fmt: skip
    axes.add_patch(Rectangle((left, top), width, height, **style))


def _draw_stop(axes: Axes, bottom: float, box: tuple[float, float, float]) -> None:
    height, width, _thickness = box
    left, top = FACT - width / 2, bottom - height
    axes.add_patch(Rectangle((left, top), width, height, facecolor="none", edgecolor=VERMILION, linestyle="--",
                             linewidth=1.5, gid="map stopped"))  # fmt: skip
    for start, end in ((top, bottom), (bottom, top)):
        axes.plot([left, left + width], [start, end], color=VERMILION, linewidth=1.5)
