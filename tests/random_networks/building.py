"""The network of a plan, and what PyTorch's own hooks tell of it."""

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

from .plan import Conv, Fault, Joined, Plain, Plan, Pool, Size, Step, Use
from .steps import ALL_FAULTS, JOINED, MODES, ON_THE_WAY, PLAIN, PUT_AROUND, Map


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


def elements(network: nn.Module) -> tuple[int, int, int]:
    """Elements of all parameters, of weights on the way that are kept otherwise, and of all else that is kept."""
    weights, others = 0, 0
    for unit in units(network):
        if unit.conv.written in ("buffers", "hidden"):
            for name, tensor in unit.own.items():
                if name == "weight" and unit.on_the_way:
                    weights += tensor.numel()
                elif tensor is not None:
                    others += tensor.numel()
    return sum(parameter.numel() for parameter in network.parameters()), weights, others


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
