"""Channels that a ReLU makes zero on the image tried: what lies behind them has no part, whatever the plan says."""

import torch
from torch import nn


def has_dead_channels(network: nn.Module, x: torch.Tensor) -> bool:
    """Whether a ReLU of the network gives zeros alone in some channel, for maps (N, C, ...)."""
    dead = False

    def look(_relu: nn.Module, _inputs: object, output: torch.Tensor) -> None:
        nonlocal dead
        channels = output.transpose(0, 1).flatten(1) if output.dim() > 1 else output
        dead = dead or not bool(channels.any(dim=-1).all())

    relus = [module for module in network.modules() if isinstance(module, nn.ReLU | nn.ReLU6)]
    hooks = [relu.register_forward_hook(look) for relu in relus]
    with torch.no_grad():
        network.eval()(x.clone())
    for hook in hooks:
        hook.remove()
    return dead
