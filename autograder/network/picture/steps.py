"""The convolutions and poolings of a trace as a reader counts them: layer, settings, map before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.network.arithmetic import output_size, output_size_sentence
from autograder.network.flow import is_convolution, is_pooling
from autograder.network.picture.words import by
from autograder.network.records import Operator
from autograder.network.trace import Trace

KINDS = {
    "max_pool2d": "MaxPool2d",
    "max_pool2d_with_indices": "MaxPool2d",
    "avg_pool2d": "AvgPool2d",
    "_adaptive_avg_pool2d": "AdaptiveAvgPool2d",
    "adaptive_avg_pool2d": "AdaptiveAvgPool2d",
    "adaptive_max_pool2d": "AdaptiveMaxPool2d",
    "fractional_max_pool2d": "FractionalMaxPool2d",
    "mean": "AdaptiveAvgPool2d",
}
Map = tuple[int, int, int]  # channels, height, width
Pair = tuple[int, int]  # along height and along width


@dataclass(frozen=True)
class Window:
    """How a kernel moves over a map."""

    kernel_size: Pair
    stride: Pair
    padding: Pair
    dilation: Pair

    @property
    def text(self) -> str:
        """The settings as they stand in code; a dilation of 1 is not said."""
        shown = {"kernel_size": self.kernel_size, "stride": self.stride, "padding": self.padding}
        shown |= {"dilation": self.dilation} if self.dilation != (1, 1) else {}
        return ", ".join(f"{name}={pair[0] if pair[0] == pair[1] else pair}" for name, pair in shown.items())

    def along(self, axis: int) -> tuple[int, int, int, int]:
        """Kernel size, stride, padding and dilation along height (0) or width (1)."""
        return self.kernel_size[axis], self.stride[axis], self.padding[axis], self.dilation[axis]


@dataclass(frozen=True)
class Step:
    """One use of a convolution or pooling; `window` is None where it is made to fit the size of the output."""

    layer: str
    kind: str
    before: Map
    after: Map
    window: Window | None
    groups: int = 1

    @property
    def is_convolution(self) -> bool:
        return self.kind.startswith("Conv")

    @property
    def text(self) -> str:
        """`Conv2d 3→32, kernel_size=3, stride=2, padding=0`."""
        parts = [f"{self.kind} {self.before[0]}→{self.after[0]}" if self.is_convolution else self.kind]
        parts.append(self.window.text if self.window else f"output_size={self.after[1:]}")
        return ", ".join(parts + ([f"groups={self.groups}"] if self.groups > 1 else []))

    @property
    def formulas(self) -> tuple[str, ...]:
        """The output size by formula along height and width, or once for both; none where the formula is another."""
        if self.window is None:
            return ()
        axes = [(self.before[axis + 1], *self.window.along(axis)) for axis in (0, 1)]
        if tuple(output_size(*numbers) for numbers in axes) != self.after[1:]:
            return ()
        return tuple(output_size_sentence(*numbers) for numbers in dict.fromkeys(axes))


def steps_of(trace: Trace) -> tuple[Step, ...]:
    """Every convolution and pooling of 2-d maps that ran, in order of execution."""
    return tuple(_steps(trace))


def layer_name(module: str) -> str:
    """The name of a layer, or of the place where an operator without a layer ran."""
    return module or "forward"


def map_of(shape: tuple[int, ...]) -> Map | None:
    """Channels, height and width of a tensor of shape ([N,] C, H, W); None for any other."""
    return _last_three(shape) if len(shape) in (3, 4) else None


def shape_text(shape: tuple[int, ...]) -> str:
    """The shape of an output without its batch axis: `64×16×16`, or `10` for (N, 10)."""
    return by(shape[1:] if len(shape) > 1 else shape) or "()"


def _steps(trace: Trace) -> Iterator[Step]:
    for operator in trace.operators:
        if is_convolution(operator) and len(operator.outputs[0].shape) == 4:
            yield _convolution(operator)
        elif is_pooling(operator) or _is_global_average(operator):
            yield _pooling(operator)


def _is_global_average(operator: Operator) -> bool:
    """Whether this is what PyTorch makes of `AdaptiveAvgPool2d(1)`: a mean over the map that keeps its axes."""
    if operator.family != "mean" or len(operator.outputs[0].shape) != 4:
        return False
    before, after = operator.inputs[0].shape, operator.outputs[0].shape
    return after[-2:] == (1, 1) and before[:2] == after[:2] and before != after


def _convolution(operator: Operator) -> Step:
    _input, weight, _bias, stride, padding, dilation, transposed, _output_padding, groups = operator.arguments
    window = Window(*(_pair(values) for values in (weight.shape[2:], stride, padding, dilation)))
    kind = "ConvTranspose2d" if transposed else "Conv2d"
    return _step(operator, kind, window, groups)


def _pooling(operator: Operator) -> Step:
    return _step(operator, KINDS[operator.family], _pooling_window(operator))


def _pooling_window(operator: Operator) -> Window | None:
    if KINDS[operator.family] not in ("MaxPool2d", "AvgPool2d"):
        return None
    _input, kernel_size, *rest = operator.arguments
    defaults: list[tuple[int, ...]] = [(), (0,), (1,)]
    stride, padding, dilation, *_more = rest + defaults[len(rest) :]
    if KINDS[operator.family] == "AvgPool2d":
        dilation = (1,)  # its next argument is ceil_mode
    return Window(*(_pair(values) for values in (kernel_size, stride or kernel_size, padding, dilation)))


def _step(operator: Operator, kind: str, window: Window | None, groups: int = 1) -> Step:
    before, after = _last_three(operator.inputs[0].shape), _last_three(operator.outputs[0].shape)
    return Step(layer_name(operator.module), kind, before, after, window, groups)


def _last_three(shape: tuple[int, ...]) -> Map:
    channels, height, width = shape[-3:]
    return channels, height, width


def _pair(values: tuple[int, ...]) -> Pair:
    return values[0], values[-1]
