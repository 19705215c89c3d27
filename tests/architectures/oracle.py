"""What PyTorch tells of a network that runs: its forward hooks, and its gradients."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d)
POOLINGS = (nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d)
Numbers = tuple[int, ...]


@dataclass(frozen=True)
class Use:
    """One use of a convolution or pooling; an adaptive pooling has no settings."""

    module: str
    kind: str
    kernel_size: Numbers
    stride: Numbers
    padding: Numbers
    dilation: Numbers
    groups: int
    bias: bool
    input_shape: Numbers
    output_shape: Numbers


@dataclass(frozen=True)
class Truth:
    """Every use of a convolution and pooling in order, and those convolutions that the output has a gradient of.

    `dead` are convolutions that got nothing but zeros: what they would do with another image, this one does not tell.
    """

    output_shape: Numbers
    uses: list[Use]
    used_convolutions: list[Use]
    dead: frozenset[str]


def truth(network: nn.Module, x: torch.Tensor) -> Truth:
    uses: list[Use] = []
    outputs: list[torch.Tensor] = []
    dead: set[str] = set()

    def note(name: str, module: nn.Module, given: tuple[torch.Tensor, ...], output: Any) -> None:
        outputs.append(output[0] if isinstance(output, tuple) else output)  # a pooling may give its indices as well
        uses.append(_use(name, module, given[0], outputs[-1]))
        if isinstance(module, CONVOLUTIONS) and not given[0].any():
            dead.add(name)

    hooks = [
        module.register_forward_hook(lambda *told, name=name: note(name, *told))
        for name, module in network.named_modules()
        if isinstance(module, CONVOLUTIONS + POOLINGS)
    ]
    output = network(x.clone().requires_grad_())
    for hook in hooks:
        hook.remove()
    gradients = torch.autograd.grad(output.sum(), outputs, allow_unused=True)
    used = [use for use, gradient in zip(uses, gradients, strict=True) if gradient is not None]
    convolutions = [use for use in used if use.kind.startswith("Conv")]
    return Truth(tuple(output.shape), uses, convolutions, frozenset(dead))


def has_an_effect(network: nn.Module, name: str, x: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether the output is another where a layer gives what it gives for another image."""
    layer = network.get_submodule(name)
    given: list[torch.Tensor] = []
    with torch.no_grad():
        before = network(x)
        hook = layer.register_forward_hook(lambda _layer, _given, output: given.append(output))
        network(other)
        hook.remove()
        hook = layer.register_forward_hook(lambda *_called: given[0])
        after = network(x)
        hook.remove()
    return not torch.allclose(before, after, rtol=1e-4, atol=1e-5)


def _use(name: str, module: Any, input: torch.Tensor, output: torch.Tensor) -> Use:
    rank = output.dim() - 2
    return Use(
        module=name,
        kind=next(kind.__name__ for kind in CONVOLUTIONS + POOLINGS if isinstance(module, kind)),
        kernel_size=_setting(module, "kernel_size", rank),
        stride=_setting(module, "stride", rank),
        padding=_setting(module, "padding", rank),
        dilation=_setting(module, "dilation", rank),
        groups=getattr(module, "groups", 1),
        bias=getattr(module, "bias", None) is not None,
        input_shape=tuple(input.shape),
        output_shape=tuple(output.shape),
    )


def _setting(module: nn.Module, name: str, rank: int) -> Numbers:
    """A setting with a number for each axis; an average pooling has no dilation, which is 1."""
    if not hasattr(module, "kernel_size"):
        return ()
    value = getattr(module, name, 1)
    return (value,) * rank if isinstance(value, int) else tuple(value)


def settle(network: nn.Module, images: torch.Tensor) -> None:
    """Gives batch norms the statistics of these images: as they begin, numbers grow or vanish from layer to layer."""
    for module in network.modules():
        if isinstance(module, _BatchNorm):
            module.momentum = None
    network.train()
    with torch.no_grad():
        network(images)
    network.eval()
