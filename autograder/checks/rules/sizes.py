"""Why an output has the size it has: formulas with the network's numbers, and the smallest change that helps."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from autograder.checks.messages import _, one_line
from autograder.checks.verdicts import Shown
from autograder.network import Trace, arithmetic
from autograder.network.arithmetic import CHANGEABLE
from autograder.network.layers import Window, layer_name, windows
from autograder.network.planes import HEIGHT, WIDTH

MOST_CHANGE = 3  # more than that is another network rather than a mistake mended
MOST_FORMULAS, MOST_STEPS = 4, 16
STEPS = ("Conv2d", "MaxPool2d", "AvgPool2d")  # whose sizes follow the formula


def why_size(trace: Trace, wanted: tuple[int, ...], may_change: Collection[str] = CHANGEABLE) -> tuple[Shown, ...]:
    """Lines that explain an output of another size (channels, height, width) than the wanted one.

    Without the change that helps, where to find it is the exercise.
    """
    return (*_why_channels(trace, wanted[0]), *why_area(trace, wanted[1:], may_change))


def by(shape: Sequence[int]) -> str:
    """A shape as it is written in a text: `64×16×16`."""
    return "×".join(map(str, shape)) or "()"


def place_of(name: str) -> str:
    """Where an output lies in what a network returned: `[1][0]` in a tuple, or its name."""
    steps = one_line(name).split(".")
    return "".join(f"[{step}]" for step in steps) if all(map(str.isdigit, steps)) else ".".join(steps)


def size_through(size: int, trace: Trace) -> int:
    """What the network's convolutions and poolings, one after another, would make of a square map of this size."""
    return _through(size, (each for each in windows(trace) if each.kernel_size))


def _why_channels(trace: Trace, wanted: int) -> Iterator[Shown]:
    _images, channels, *_rest = trace.output_shape or (0, 0)
    last = next((each for each in reversed(windows(trace)) if each.is_convolution), None)
    if channels != wanted and last and last.output_shape[1] == channels:
        yield _(
            "{layer} has out_channels={channels}, but out_channels={wanted} is needed.",
            layer=layer_name(last.module),
            channels=channels,
            wanted=wanted,
        )


def why_area(trace: Trace, wanted: tuple[int, ...], may_change: Collection[str] = CHANGEABLE) -> Iterator[Shown]:
    """Lines that explain an output of another height and width than those wanted, or predicted.

    Told is the smallest change of one number that helps, of those that `may_change`.
    """
    got = (trace.output_shape or ())[2:]
    steps = [each for each in windows(trace) if each.kernel_size and each.kind in STEPS]
    if got == wanted or len(wanted) != 2 or not steps:
        return
    if all(each.along(HEIGHT) == each.along(WIDTH) and len(set(each.input_shape[-2:])) == 1 for each in steps):
        if len(set(wanted)) == 1:
            yield from _why_side(steps, got[HEIGHT], wanted[HEIGHT], may_change)
            return
    for step in steps[:MOST_FORMULAS] if got[HEIGHT] != wanted[HEIGHT] else ():
        yield _("{layer}, height: {sentence}.", layer=layer_name(step.module), sentence=_sentence(step, HEIGHT))
    for step in steps[:MOST_FORMULAS] if got[WIDTH] != wanted[WIDTH] else ():
        yield _("{layer}, width: {sentence}.", layer=layer_name(step.module), sentence=_sentence(step, WIDTH))


def _sentence(step: Window, axis: int) -> str:
    before, after = step.sizes(axis)
    return step.sentence(axis) or f"{before} → {after}, ceil_mode=True"


def _why_side(steps: list[Window], got: int, wanted: int, may_change: Collection[str]) -> Iterator[Shown]:
    can_tell = len(steps) <= MOST_STEPS and _is_chain(steps, got)
    advice = _advice(steps, wanted, may_change) if can_tell else None
    if advice is None:
        yield from (f"{layer_name(step.module)}: {_sentence(step, HEIGHT)}." for step in steps[:MOST_FORMULAS])
        return
    step, change, after = advice
    yield _(
        "{formula}.  With {name}={value} it gives {after}.",
        formula=f"{layer_name(step.module)}: {_sentence(step, HEIGHT)}",
        name=change.name,
        value=change.value,
        after=after,
    )
    if after != wanted:
        yield _("The output is then {wanted}×{wanted}.", wanted=wanted)


def _advice(
    steps: list[Window], wanted: int, may_change: Collection[str]
) -> tuple[Window, arithmetic.Change, int] | None:
    """The convolution that the smallest change of one number mends, the change, and the size it then gives."""
    found = []
    for place, step in enumerate(steps):
        settings = dict(zip(("kernel_size", "stride", "padding", "dilation"), step.along(HEIGHT), strict=True))
        for after in _sizes_leading_to(wanted, steps[place + 1 :]) if step.is_convolution else ():
            smallest_kernel = min(2, settings["kernel_size"])  # a kernel of one pixel would be another kind of layer
            before, _after = step.sizes(HEIGHT)
            change = arithmetic.smallest_change(
                before, after, smallest_kernel=smallest_kernel, may_change=may_change, **settings
            )
            if change:
                found.append((abs(change.value - settings[change.name]), place, step, change, after))
    best = min(found, key=lambda each: each[:2], default=None)
    return best[2:] if best and best[0] <= MOST_CHANGE else None


def _sizes_leading_to(wanted: int, steps: list[Window]) -> list[int]:
    """Sizes that the steps turn into the wanted one."""
    sizes = range(1, 8 * wanted + 1) if steps else (wanted,)
    return [size for size in sizes if _through(size, steps) == wanted]


def _through(size: int, steps: Iterable[Window]) -> int:
    return arithmetic.size_through(size, (step.along(HEIGHT) for step in steps))


def _is_chain(steps: list[Window], got: int) -> bool:
    """Whether each step takes what the one before gave, as its formula says, and the output is the last one's."""
    sizes = [step.sizes(HEIGHT)[0] for step in steps[1:]] + [got]
    return all(
        step.sizes(HEIGHT)[1] == size == _through(step.sizes(HEIGHT)[0], [step])
        for step, size in zip(steps, sizes, strict=True)
    )
