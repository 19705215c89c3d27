"""Why an output has the size it has: formulas with the network's numbers, and the smallest change that helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.checks.messages import _
from autograder.checks.verdicts import Shown
from autograder.network import Trace, arithmetic
from autograder.network.records import Operator

HEIGHT, WIDTH = 0, 1
MOST_CHANGE = 3  # more than that is another network rather than a mistake mended
MOST_FORMULAS = 4
MAX_POOLS, AVERAGE_POOLS = {"max_pool2d_with_indices", "max_pool2d"}, {"avg_pool2d"}


@dataclass(frozen=True)
class Step:
    """A convolution or pooling along one axis."""

    layer: str
    is_convolution: bool
    before: int
    after: int
    kernel_size: int
    stride: int
    padding: int
    dilation: int

    @property
    def settings(self) -> tuple[int, int, int, int]:
        return self.kernel_size, self.stride, self.padding, self.dilation

    @property
    def sentence(self) -> str:
        if arithmetic.output_size(self.before, *self.settings) != self.after:  # a pooling that rounds up
            return f"{self.before} → {self.after}, ceil_mode=True"
        return arithmetic.output_size_sentence(self.before, *self.settings)


def why_size(trace: Trace, wanted: tuple[int, ...]) -> tuple[Shown, ...]:
    """Lines that explain an output of another size (channels, height, width) than the wanted one."""
    return (*_why_channels(trace, wanted[0]), *_why_area(trace, wanted[1:]))


def by(shape: Sequence[int]) -> str:
    """A shape as it is written in a text: `64×16×16`."""
    return "×".join(map(str, shape)) or "()"


def layer_name(module: str) -> str:
    """The name of a layer, or of the place where a convolution without a layer ran."""
    return module or "forward"


def is_plane_convolution(operator: Operator) -> bool:
    """Whether this is a convolution of 2-d maps, not a transposed one."""
    return operator.family == "convolution" and len(operator.outputs[0].shape) == 4 and not operator.arguments[6]


def _why_channels(trace: Trace, wanted: int) -> Iterator[Shown]:
    channels = trace.output_shape[1]
    last = next((each for each in reversed(trace.operators) if each.family == "convolution"), None)
    if channels != wanted and last and last.outputs[0].shape[1] == channels:
        yield _(
            "{layer} has out_channels={channels}, but out_channels={wanted} is needed.",
            layer=layer_name(last.module),
            channels=channels,
            wanted=wanted,
        )


def _why_area(trace: Trace, wanted: tuple[int, ...]) -> Iterator[Shown]:
    got = trace.output_shape[2:]
    heights, widths = _steps(trace, HEIGHT), _steps(trace, WIDTH)
    if got == wanted or len(wanted) != 2 or not heights:
        return
    if heights == widths and len(set(wanted)) == 1:
        yield from _why_side(heights, got[HEIGHT], wanted[HEIGHT])
        return
    for step in heights[:MOST_FORMULAS] if got[HEIGHT] != wanted[HEIGHT] else ():
        yield _("{layer}, height: {sentence}.", layer=step.layer, sentence=step.sentence)
    for step in widths[:MOST_FORMULAS] if got[WIDTH] != wanted[WIDTH] else ():
        yield _("{layer}, width: {sentence}.", layer=step.layer, sentence=step.sentence)


def _why_side(steps: list[Step], got: int, wanted: int) -> Iterator[Shown]:
    advice = _advice(steps, wanted) if _is_chain(steps, got) else None
    if advice is None:
        yield from (f"{step.layer}: {step.sentence}." for step in steps[:MOST_FORMULAS])
        return
    step, change, after = advice
    yield _(
        "{formula}.  With {name}={value} it gives {after}.",
        formula=f"{step.layer}: {step.sentence}",
        name=change.name,
        value=change.value,
        after=after,
    )
    if after != wanted:
        yield _("The output is then {wanted}×{wanted}.", wanted=wanted)


def _advice(steps: list[Step], wanted: int) -> tuple[Step, arithmetic.Change, int] | None:
    """The convolution that the smallest change of one number mends, the change, and the size it then gives."""
    found = []
    for place, step in enumerate(steps):
        for after in _sizes_leading_to(wanted, steps[place + 1 :]) if step.is_convolution else ():
            smallest_kernel = min(2, step.kernel_size)  # a kernel of one pixel would be another kind of layer
            change = arithmetic.smallest_change(step.before, after, *step.settings, smallest_kernel=smallest_kernel)
            if change:
                cost = abs(change.value - getattr(step, change.name))
                found.append((cost, place, step, change, after))
    cost, _place, *advice = min(found, key=lambda each: each[:2], default=(MOST_CHANGE + 1, None))
    return tuple(advice) if cost <= MOST_CHANGE else None


def _sizes_leading_to(wanted: int, steps: list[Step]) -> list[int]:
    """Sizes that the steps turn into the wanted one."""
    sizes = range(1, 8 * wanted + 1) if steps else (wanted,)
    return [size for size in sizes if _through(size, steps) == wanted]


def _through(size: int, steps: list[Step]) -> int:
    """The size after the steps; 0 where one of them does not fit into its map."""
    for step in steps:
        size = max(0, arithmetic.output_size(size, *step.settings)) if size else 0
    return size


def _is_chain(steps: list[Step], got: int) -> bool:
    """Whether each step takes what the one before gave, as its formula says, and the output is the last one's."""
    sizes = [step.before for step in steps[1:]] + [got]
    return all(
        step.after == size == _through(step.before, [step]) for step, size in zip(steps, sizes, strict=True)
    )


def _steps(trace: Trace, axis: int) -> list[Step]:
    return [step for operator in trace.operators if (step := _step(operator, axis))]


def _step(operator: Operator, axis: int) -> Step | None:
    if is_plane_convolution(operator):
        weight, (stride, padding, dilation) = operator.arguments[1], operator.arguments[3:6]
        kernel_size = weight.shape[2:]
    elif operator.family in MAX_POOLS | AVERAGE_POOLS:
        kernel_size, stride, padding, dilation = _pool_settings(operator)
    else:
        return None
    return Step(
        layer_name(operator.module),
        operator.family == "convolution",
        operator.inputs[0].shape[axis - 2],
        operator.outputs[0].shape[axis - 2],
        *(setting[axis % len(setting)] for setting in (kernel_size, stride, padding, dilation)),
    )


def _pool_settings(operator: Operator) -> tuple[tuple[int, ...], ...]:
    _input, kernel_size, *rest = operator.arguments
    stride, padding, dilation, *_more = (*rest, *((), (0,), (1,))[len(rest) :])
    return kernel_size, stride or kernel_size, padding, dilation if operator.family in MAX_POOLS else (1,)
