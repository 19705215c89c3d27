"""What each part of a network costs: parameters, multiply-adds, and memory that the backward pass needs."""

from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.flop_counter import FlopCounterMode


@dataclass(frozen=True)
class Cost:
    """`kept_bytes` are the activations that PyTorch saves in one forward pass for the gradients."""

    parameters: int
    multiply_adds: int
    kept_bytes: int


def costs(network: nn.Sequential, input: torch.Tensor) -> dict[str, Cost]:
    """The cost of each part of a chain that is in training, by its name; what several need belongs to the first.

    A part that stands in several places costs its parameters once, and the rest each time.
    """
    chain = deepcopy(network).train()  # a run changes running statistics
    counted = {tensor.untyped_storage().data_ptr() for tensor in (*chain.parameters(), *chain.buffers())}
    owned: set[nn.Parameter] = set()
    found: dict[str, Cost] = {}
    at = input
    for name, part in zip(chain._modules, chain, strict=True):  # `named_children` names a part in several places once
        kept: dict[int, int] = {}

        def keep(tensor: torch.Tensor, kept: dict[int, int] = kept) -> torch.Tensor:
            storage = tensor.untyped_storage()
            if storage.data_ptr() not in counted:
                counted.add(storage.data_ptr())
                kept[storage.data_ptr()] = tensor.nbytes
            return tensor  # which keeps it alive, so that no other takes its place in memory

        with saved_tensors_hooks(keep, lambda tensor: tensor), FlopCounterMode(display=False) as counter:
            at = part(at)
        own = {*part.parameters()} - owned
        owned |= own
        found[name] = Cost(sum(each.numel() for each in own), counter.get_total_flops() // 2, sum(kept.values()))
    return found
