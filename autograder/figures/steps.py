"""The convolutions and poolings of a trace as a reader sees them: layer, settings, map before and after."""

from autograder.figures.words import by
from autograder.network.layers import Window, windows
from autograder.network.planes import HEIGHT, WIDTH
from autograder.network.trace import Trace

Map = tuple[int, int, int]  # channels, height, width


def steps_of(trace: Trace) -> tuple[Window, ...]:
    """Every convolution and pooling of 2-d maps that ran and, if a pooling, did not enlarge; in order of execution."""
    return tuple(
        each for each in windows(trace)
        if len(each.output_shape) == 4 and (each.is_convolution or each.makes_sizes)
    )  # fmt: skip


def text_of(step: Window) -> str:
    """`Conv2d 3→32, kernel_size=3, stride=2, padding=0`; a dilation of 1 is not said."""
    parts = [f"{step.kind} {step.in_channels}→{step.out_channels}" if step.is_convolution else step.kind]
    if step.kernel_size:
        shown = {"kernel_size": step.kernel_size, "stride": step.stride, "padding": step.padding}
        shown |= {"dilation": step.dilation} if set(step.dilation) != {1} else {}
        parts += [f"{name}={sides[0] if len(set(sides)) == 1 else sides}" for name, sides in shown.items()]
    else:
        parts.append(f"output_size={step.output_shape[-2:]}")
    return ", ".join(parts + ([f"groups={step.groups}"] if step.groups > 1 else []))


def formulas_of(step: Window) -> tuple[str, ...]:
    """The output size by formula along height and width, or once for both; none where the formula is another."""
    sentences = [sentence for axis in (HEIGHT, WIDTH) if (sentence := step.sentence(axis))]
    return tuple(dict.fromkeys(sentences)) if len(sentences) == 2 else ()


def map_of(shape: tuple[int, ...]) -> Map | None:
    """Channels, height and width of a tensor of shape ([N,] C, H, W); None for any other."""
    return (shape[-3], shape[-2], shape[-1]) if len(shape) in (3, 4) else None


def shape_text(shape: tuple[int, ...]) -> str:
    """The shape of an output without its batch axis: `64×16×16`, or `10` for (N, 10)."""
    return by(shape[1:] if len(shape) > 1 else shape) or "()"
