"""Random networks whose convolutions, padding, sizes and parameters are known because of how they are built."""

import functools
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from math import gcd
from typing import Any

import torch
import torch.nn.functional as F
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

Map = torch.Tensor
Size = tuple[int, int]
Sides = tuple[int, int, int, int]  # left, right, top, bottom: the order of F.pad
SMALLEST = 3  # pixels: on a smaller map one can't tell which copy of a pixel is padding


@dataclass(frozen=True)
class Axis:
    """A convolution along the height or the width; `before` and `after` are the pixels put around the map."""

    kernel: int = 1
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0

    def size(self, size: int) -> int:
        return (size + self.before + self.after - self.dilation * (self.kernel - 1) - 1) // self.stride + 1


@dataclass(frozen=True)
class Conv:
    """A convolution; `padded` is how the padding is spelled, `written` how the weights are kept.

    `between` stands between padding put around the map in a step of its own and the convolution.
    """

    in_channels: int
    out_channels: int
    height: Axis = Axis()
    width: Axis = Axis()
    padded: str = "nothing"
    written: str = "module"
    groups: int = 1
    bias: bool = True
    between: str = "nothing"

    @property
    def sides(self) -> Sides:
        return self.width.before, self.width.after, self.height.before, self.height.after

    def size(self, size: Size) -> Size:
        return self.height.size(size[0]), self.width.size(size[1])


@dataclass(frozen=True)
class Pool:
    """A pooling; an adaptive one is given the size of its output and no more."""

    kind: str
    kernel: Size
    stride: Size = (1, 1)
    padding: int = 0

    def size(self, size: Size) -> Size:
        if self.kind.startswith("adaptive"):
            return self.kernel
        axes = zip(size, self.kernel, self.stride, strict=True)
        height, width = ((side + 2 * self.padding - kernel) // stride + 1 for side, kernel, stride in axes)
        return height, width


@dataclass(frozen=True)
class Plain:
    """A step that keeps the size; one of `PLAIN`."""

    name: str


@dataclass(frozen=True)
class Joined:
    """The map and one or two convolutions of it, brought together as `JOINED` says."""

    how: str
    convs: tuple[Conv, ...]


@dataclass(frozen=True)
class Fault:
    """A change of size that is neither convolution nor pooling; one of `FAULTS`."""

    name: str


Step = Conv | Pool | Plain | Joined | Fault


@dataclass(frozen=True)
class Plan:
    """A network's steps on maps of `channels` × `size`; `cut` where it multiplies its input by zero."""

    channels: int
    size: Size
    steps: tuple[Step, ...]
    cut: bool

    @property
    def is_lawful(self) -> bool:
        return not any(isinstance(step, Fault) for step in self.steps)


@dataclass(frozen=True)
class Use:
    """One use of a convolution on the way; `entered` is the map's size before padding, `sides` all padding it saw."""

    in_channels: int
    out_channels: int
    kernel: Size
    stride: Size
    dilation: Size
    groups: int
    bias: bool
    sides: Sides
    entered: Size
    left: Size


# Spellings of the padding.


def _copied_into_zeros(x: Map, sides: Sides) -> Map:
    left, right, top, bottom = sides
    n, c, h, w = x.shape
    frame = torch.zeros(n, c, h + top + bottom, w + left + right)
    frame[:, :, top : top + h, left : left + w] = x
    return frame


def _beside_zeros(x: Map, sides: Sides) -> Map:
    left, right, top, bottom = sides
    n, c, h, w = x.shape
    x = torch.cat([x.new_zeros(n, c, top, w), x, x.new_zeros(n, c, bottom, w)], dim=2)
    return torch.cat([x.new_zeros(*x.shape[:3], left), x, x.new_zeros(*x.shape[:3], right)], dim=3)


NOTHING = ("nothing", "valid")
ARGUMENTS = ("int", "tuple", "same")
MODES = ("reflect", "replicate", "circular")
FILLED: dict[str, Callable[[Map, Sides], Map]] = {
    "F.pad": F.pad,
    "F.pad of ones": lambda x, sides: F.pad(x, sides, value=1.0),
    "ZeroPad2d": lambda x, sides: nn.ZeroPad2d(sides)(x),
    "copied into zeros": _copied_into_zeros,
    "beside zeros": _beside_zeros,
}
PUT_AROUND: dict[str, Callable[[Map, Sides], Map]] = {
    **FILLED,
    "F.pad reflect": lambda x, sides: F.pad(x, sides, mode="reflect"),
    "F.pad replicate": lambda x, sides: F.pad(x, sides, mode="replicate"),
    "F.pad circular": lambda x, sides: F.pad(x, sides, mode="circular"),
}
SPELLINGS = (*NOTHING, *ARGUMENTS, *MODES, *PUT_AROUND)
PARAMETERS = ("module", "weight_norm", "parameters")
REGISTERED = (*PARAMETERS, "buffers")
WRITTEN = (*REGISTERED, "lazy", "hidden")

# Steps by name; from a number of channels, as some have parameters of their own. None is bounded on both sides: what
# a later ReLU makes zero whatever the map holds would not be on the way.

PLAIN: dict[str, Callable[[int], Callable[[Map], Map]]] = {
    "nothing": lambda channels: lambda x: x,
    "relu": lambda channels: nn.ReLU(),
    "relu in place": lambda channels: nn.ReLU(inplace=True),
    "leaky relu": lambda channels: nn.LeakyReLU(0.1),
    "gelu": lambda channels: nn.GELU(),
    "softplus": lambda channels: nn.Softplus(),
    "dropout": lambda channels: nn.Dropout2d(0.5),
    "batch norm": lambda channels: nn.BatchNorm2d(channels),
    "group norm": lambda channels: nn.GroupNorm(1, channels),
    "doubled": lambda channels: lambda x: 2 * x + 1,
    "channels last": lambda channels: lambda x: x.contiguous(memory_format=torch.channels_last),
    "flattened and back": lambda channels: lambda x: F.elu(x.flatten(1)).view(x.shape),
    "permuted and back": lambda channels: lambda x: (x.permute(0, 2, 3, 1).contiguous() * 1.5).permute(0, 3, 1, 2),
    "constant added": lambda channels: lambda x: x + torch.linspace(-1, 1, x.shape[3]),
}
BETWEEN = ("nothing", "relu", "leaky relu", "batch norm", "doubled")

# The convolutions of these have a part in the output, and where they keep its size and channels, so does the whole.
ON_THE_WAY: dict[str, Callable[..., Map]] = {
    "residual": lambda x, conv: x + conv(x),
    "product": lambda x, conv: x * torch.sigmoid(conv(x)),
    "used twice": lambda x, conv: conv(F.leaky_relu(conv(x))),
    "concatenated": lambda x, conv, other: torch.cat([conv(x), other(x)], dim=1).unflatten(1, (-1, 2)).mean(2),
    "chosen by the data": lambda x, conv, other: conv(x) if x.sum() > 0 else other(x),
    "gated": lambda x, conv, other: x * torch.sigmoid(other(torch.relu(conv(x.mean((2, 3), keepdim=True))))),
    "gated by a pooling": lambda x, conv, other: x * torch.sigmoid(other(conv(F.adaptive_avg_pool2d(x, 1)))),
}
OFF_THE_WAY: dict[str, Callable[..., Map]] = {
    "thrown away": lambda x, conv: (conv(x), x)[1],
    "times zero": lambda x, conv: x + 0 * conv(x),
    "mean times zero": lambda x, conv: x + 0 * conv(x).mean(),
    "for its shape": lambda x, conv: x + torch.ones(conv(x).shape).mean(),
    "of zeros": lambda x, conv: x + conv(torch.zeros_like(x)),
    "never called": lambda x, conv: x,
}
POINTWISE = ("gated", "gated by a pooling")
BRANCHES = ("concatenated", "chosen by the data")
MAY_NOT_RUN = ("chosen by the data", "never called")
JOINED = {**ON_THE_WAY, **OFF_THE_WAY}

FAULTS: dict[str, Callable[[Map], Map]] = {
    "cropped": lambda x: x[:, :, :-1, 1:],
    "cropped by F.pad": lambda x: F.pad(x, (0, 0, -1, 0)),
    "every second column": lambda x: x[..., ::2],
    "interpolated": lambda x: F.interpolate(x, size=(4 * x.shape[2], x.shape[3])),  # by less it might pass for padding
    "interpolated down": lambda x: F.interpolate(x, size=(x.shape[2], x.shape[3] - 1), mode="bilinear"),
    "repeated": lambda x: x.repeat_interleave(2, dim=3),
    "enlarged by adaptive pooling": lambda x: F.adaptive_avg_pool2d(x, (x.shape[2] + 1, x.shape[3] + 3)),
    "broadcast": lambda x: x.mean((2, 3), keepdim=True).repeat(1, 1, x.shape[2] + 1, x.shape[3] + 1),
    "broadcast over constants": lambda x: x.mean((2, 3), keepdim=True) + torch.zeros(x.shape[2] + 2, x.shape[3]),
    "shuffled": lambda x: F.pixel_shuffle(torch.cat([x] * 4, dim=1), 2),
    "unfolded": lambda x: F.unfold(x, 2).view(1, x.shape[1], 4, x.shape[2] - 1, x.shape[3] - 1).mean(2),
}
# Before a convolution these would be padding.
FAULTS_AT_THE_END: dict[str, Callable[[Map], Map]] = {
    "padded for no convolution": lambda x: F.pad(x, (1, 1, 1, 1)),
    "tiled": lambda x: x.repeat(1, 1, 2, 1),
}
ALL_FAULTS = {**FAULTS, **FAULTS_AT_THE_END}


# Building a plan.


class Function(nn.Module):
    """A function of maps as a module; it owns what of its parts is a module."""

    def __init__(self, function: Callable[..., Map], *parts: nn.Module) -> None:
        super().__init__()
        self.function = function
        self.parts = nn.ModuleList(parts)

    def forward(self, x: Map) -> Map:
        return self.function(x, *self.parts)


class Unit(nn.Module):
    """One convolution with its padding; a forward hook on it sees the map before the padding."""

    def __init__(self, conv: Conv, on_the_way: bool = True) -> None:
        super().__init__()
        self.conv, self.on_the_way = conv, on_the_way
        self.between = _plain(conv.between, conv.in_channels)
        layer = _layer(conv)
        self.layer = layer if conv.written in ("module", "lazy", "weight_norm") else None
        if self.layer is None:
            self.own: dict[str, torch.Tensor | None] = {"weight": layer.weight.detach(), "bias": None}
            if layer.bias is not None:
                self.own["bias"] = layer.bias.detach()
            for name, tensor in self.own.items():
                if conv.written == "buffers":
                    self.register_buffer(name, tensor)
                elif conv.written == "parameters" and tensor is not None:
                    self.own[name] = nn.Parameter(tensor)
                    self.register_parameter(name, self.own[name])

    def forward(self, x: Map) -> Map:
        conv = self.conv
        if conv.padded in PUT_AROUND:
            x = self.between(PUT_AROUND[conv.padded](x, conv.sides))
        if self.layer is not None:
            return self.layer(x)
        options = _options(conv)
        if mode := options.pop("padding_mode", None):
            x, options["padding"] = F.pad(x, conv.sides, mode=mode), 0
        return F.conv2d(x, self.own["weight"], self.own["bias"], groups=conv.groups, **options)


def build(plan: Plan) -> nn.Sequential:
    torch.default_generator.manual_seed(0)
    channels, steps = plan.channels, []
    for step in plan.steps:
        steps.append(_module(step, channels))
        channels = step.out_channels if isinstance(step, Conv) else channels
    first = [Function(lambda x: 0 * x)] if plan.cut else []
    return nn.Sequential(*first, *steps)


def image(plan: Plan) -> Map:
    return torch.randn(1, plan.channels, *plan.size, generator=torch.Generator().manual_seed(1))


def uses(network: nn.Module, x: Map) -> tuple[Map, list[Use]]:
    """The network's output, and its convolutions on the way as PyTorch's forward hooks see them."""
    found: list[Use] = []

    def note(unit: nn.Module, inputs: tuple[Map, ...], output: Map) -> None:
        if unit.on_the_way:
            found.append(_use(unit.conv, inputs[0].shape[2:], output.shape[2:]))

    for unit in units(network):
        unit.register_forward_hook(note)
    with torch.no_grad():
        return network.eval()(x.clone()), found


def units(network: nn.Module) -> list[Unit]:
    return [module for module in network.modules() if isinstance(module, Unit)]


def elements(network: nn.Module) -> int:
    """Elements of all parameters, and of the weights that are kept otherwise."""
    otherwise = [unit.own.values() for unit in units(network) if unit.conv.written in ("buffers", "hidden")]
    kept = [tensor for tensors in otherwise for tensor in tensors if tensor is not None]
    return sum(tensor.numel() for tensor in (*network.parameters(), *kept))


def _use(conv: Conv, entered: Size, left: Size) -> Use:
    axes = (conv.height, conv.width)
    kernel, stride, dilation = (
        tuple(getattr(axis, name) for axis in axes) for name in ("kernel", "stride", "dilation")
    )
    shape = (conv.in_channels, conv.out_channels, kernel, stride, dilation, conv.groups, conv.bias)
    return Use(*shape, conv.sides, tuple(entered), tuple(left))


def _module(step: Step, channels: int) -> nn.Module:
    match step:
        case Conv():
            return Unit(step)
        case Pool(kind="max"):
            return nn.MaxPool2d(step.kernel, step.stride, step.padding)
        case Pool(kind="average"):
            return nn.AvgPool2d(step.kernel, step.stride, step.padding)
        case Pool(kind="adaptive max"):
            return nn.AdaptiveMaxPool2d(step.kernel)
        case Pool():
            return nn.AdaptiveAvgPool2d(step.kernel)
        case Plain():
            return _plain(step.name, channels)
        case Joined():
            return Function(JOINED[step.how], *(Unit(conv, step.how in ON_THE_WAY) for conv in step.convs))
        case Fault():
            return Function(ALL_FAULTS[step.name])


def _plain(name: str, channels: int) -> nn.Module:
    made = PLAIN[name](channels)
    return made if isinstance(made, nn.Module) else Function(made)


def _layer(conv: Conv) -> nn.Module:
    options = _options(conv)
    kernel = (conv.height.kernel, conv.width.kernel)
    if conv.written == "lazy":
        return nn.LazyConv2d(conv.out_channels, kernel, groups=conv.groups, bias=conv.bias, **options)
    layer = nn.Conv2d(conv.in_channels, conv.out_channels, kernel, groups=conv.groups, bias=conv.bias, **options)
    with torch.no_grad():
        layer.weight.abs_()  # with weights of both signs a ReLU may be zero whatever comes, and its map off the way
    return weight_norm(layer) if conv.written == "weight_norm" else layer


def _options(conv: Conv) -> dict[str, Any]:
    pairs = {
        "stride": (conv.height.stride, conv.width.stride),
        "dilation": (conv.height.dilation, conv.width.dilation),
        "padding": (conv.height.before, conv.width.before),
    }
    options: dict[str, Any] = dict(pairs)
    if conv.padded == "int":
        options = {name: height if height == width else (height, width) for name, (height, width) in pairs.items()}
    elif conv.padded in ("valid", "same"):
        options["padding"] = conv.padded
    elif conv.padded in PUT_AROUND:
        options["padding"] = 0
    elif conv.padded in MODES:
        options["padding_mode"] = conv.padded
    return options


# Drawing a plan.


@dataclass(frozen=True)
class Choice:
    """What a step may be drawn from."""

    spellings: tuple[str, ...] = SPELLINGS
    plain: tuple[str, ...] = tuple(PLAIN)
    between: tuple[str, ...] = BETWEEN


# Among copies of pixels that interpolation makes, one can't tell which are padding. A broadcast map is the same
# everywhere: a normalisation leaves only its sign, and a ReLU perhaps nothing.
UNFIT = ("group norm", "relu", "relu in place")
AFTER_A_FAULT = Choice(
    (*NOTHING, *ARGUMENTS, *FILLED),
    tuple(name for name in PLAIN if name not in UNFIT),
    tuple(name for name in BETWEEN if name not in UNFIT),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Networks of one to four steps, one in four with a fault before, between or after them."""
    plan_channels = channels = draw(st.integers(2, 4))
    plan_size = size = draw(st.tuples(st.integers(6, 12), st.integers(6, 12)))
    count = draw(st.integers(1, 4))
    fault_at = draw(st.sampled_from([None, None, None, draw(st.integers(0, count))]))
    choice = Choice()
    steps: list[Step] = []
    for place in range(count + 1):
        if place == fault_at:
            fault = Fault(draw(st.sampled_from(list(ALL_FAULTS if place == count else FAULTS))))
            steps.append(fault)
            size = tuple(ALL_FAULTS[fault.name](torch.zeros(1, channels, *size)).shape[2:])
            choice = AFTER_A_FAULT
        if place < count:
            step = draw(_steps(channels, size, choice))
            steps.append(step)
            channels = step.out_channels if isinstance(step, Conv) else channels
            size = step.size(size) if isinstance(step, (Conv, Pool)) else size
    return Plan(plan_channels, plan_size, tuple(steps), draw(st.sampled_from([False] * 9 + [True])))


@st.composite
def _steps(draw: st.DrawFn, channels: int, size: Size, choice: Choice) -> Step:
    match draw(st.sampled_from(["conv", "conv", "pool", "plain", "joined", "joined"])):
        case "conv":
            return draw(_convs(channels, size, choice))
        case "pool" if min(size) > SMALLEST:
            return draw(st.sampled_from(_pools(size)))
        case "joined":
            how = draw(st.sampled_from(list(JOINED)))
            if how in POINTWISE:
                inner = draw(st.integers(1, 3))
                return Joined(how, (Conv(channels, inner), Conv(inner, channels)))
            convs = _convs(channels, size, choice, keep=True, written=_written(how))
            return Joined(how, tuple(draw(convs) for _ in range(2 if how in BRANCHES else 1)))
    return Plain(draw(st.sampled_from(choice.plain)))


def _written(how: str) -> tuple[str, ...]:
    """Ways to keep weights of which it is certain that the budget counts them."""
    if how == "of zeros":  # what is not a parameter is there a constant that is only added
        return PARAMETERS
    return REGISTERED if how in MAY_NOT_RUN else WRITTEN


@st.composite
def _convs(
    draw: st.DrawFn,
    channels: int,
    size: Size,
    choice: Choice,
    keep: bool = False,
    written: tuple[str, ...] = WRITTEN,
) -> Conv:
    """Convolutions that fit on the map; with `keep`, those that leave its size and channels as they are."""
    padded = draw(st.sampled_from(choice.spellings))
    out_channels = channels if keep else draw(st.integers(2, 4))
    common = gcd(channels, out_channels)
    return Conv(
        channels,
        out_channels,
        draw(st.sampled_from(_axes(size[0], padded, keep))),
        draw(st.sampled_from(_axes(size[1], padded, keep))),
        padded,
        draw(st.sampled_from(written)),
        draw(st.sampled_from([groups for groups in range(1, common + 1) if common % groups == 0])),
        draw(st.booleans()),
        draw(st.sampled_from(choice.between)) if padded in PUT_AROUND else "nothing",
    )


@functools.cache
def _axes(size: int, padded: str, keep: bool) -> list[Axis]:
    fits = []
    for kernel, stride, dilation in itertools.product((1, 2, 3, 4), (1, 2, 3), (1, 2)):
        reach = dilation * (kernel - 1)
        for before, after in _paddings(padded, reach):
            axis = Axis(kernel, stride, dilation, before, after)
            # A window that lies in the padding, and strides over the others, would see nothing of the map.
            sees_the_map = max(before, after) <= (reach if stride > 1 else max(reach, 1))
            strides_as_asked = padded != "same" or stride == 1
            if axis.size(size) >= min(SMALLEST, size) and sees_the_map and strides_as_asked:
                fits.append(axis)
    return [axis for axis in fits if axis.size(size) == size] if keep else fits


def _paddings(padded: str, reach: int) -> list[tuple[int, int]]:
    if padded in NOTHING:
        return [(0, 0)]
    if padded == "same":
        return [(reach // 2, reach - reach // 2)]
    if padded in PUT_AROUND:
        return list(itertools.product((0, 1, 2), repeat=2))
    return [(1, 1), (2, 2)]


@functools.cache
def _pools(size: Size) -> list[Pool]:
    windows = [
        Pool(kind, (height, width), (stride, stride), padding)
        for kind in ("max", "average")
        for height, width, stride in itertools.product((2, 3), (2, 3), (1, 2))
        for padding in ((0, 1) if height == width == 3 else (0,))
    ]
    shrunk = [(size[0] - 1, size[1]), (max(SMALLEST, size[0] // 2), size[1] - 1), (SMALLEST, SMALLEST)]
    adaptive = [Pool(kind, each) for kind in ("adaptive max", "adaptive average") for each in shrunk]
    return [pool for pool in windows + adaptive if min(pool.size(size)) >= SMALLEST]
