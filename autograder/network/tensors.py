"""Tensors as their bytes: so they cross between processes."""

import math
from typing import Any

import torch

from autograder import coding


def tensor_of(content: bytes, dtype: str, shape: tuple[int, ...]) -> torch.Tensor:
    """A contiguous tensor from its bytes; ValueError where they are not those of this dtype and shape."""
    kind = getattr(torch, dtype, None)
    sizes_fit = all(type(size) is int and size >= 0 for size in shape)
    if not isinstance(kind, torch.dtype) or not sizes_fit or math.prod(shape) * kind.itemsize != len(content):
        raise ValueError(f"{len(content)} bytes are no tensor of {dtype} and shape {shape}")
    if not content:
        return torch.empty(shape, dtype=kind)
    return torch.frombuffer(bytearray(content), dtype=kind).reshape(shape)


def _parts(value: torch.Tensor) -> tuple[str, tuple[int, ...], bytes]:
    content = value.detach().contiguous().flatten()
    raw = content.view(torch.uint8).numpy().tobytes() if content.numel() else b""
    return str(value.dtype).removeprefix("torch."), tuple(value.shape), raw


def _whole(dtype: Any, shape: Any, content: Any) -> torch.Tensor:
    if type(dtype) is not str or type(shape) is not tuple or type(content) is not bytes:
        raise ValueError("not the parts of a tensor")
    return tensor_of(content, dtype, shape)


coding.crosses_as("Tensor", torch.Tensor, _parts, _whole)
