"""Tensors as their bytes: so they cross between processes."""

from typing import Any

import torch

from autograder import coding
from autograder.network.records import View


def dtype_of(view: View) -> torch.dtype:
    return getattr(torch, view.dtype)


def itemsize(view: View) -> int:
    """In bytes."""
    return dtype_of(view).itemsize


def tensor_of(dtype: Any, shape: Any, content: Any) -> torch.Tensor:
    """A contiguous tensor from its bytes; ValueError where they are not those of this dtype and shape."""
    kind = getattr(torch, dtype, None) if type(dtype) is str else None
    if not isinstance(kind, torch.dtype) or not coding.is_of_shape(content, shape, kind.itemsize):
        raise ValueError("not the parts of a tensor")
    if not content:
        return torch.empty(shape, dtype=kind)
    return torch.frombuffer(bytearray(content), dtype=kind).reshape(shape)


def bytes_of(tensor: torch.Tensor) -> bytes:
    """Its numbers, one after another."""
    content = tensor.detach().contiguous().flatten()
    return content.view(torch.uint8).numpy().tobytes() if content.numel() else b""


def _parts(value: torch.Tensor) -> tuple[str, tuple[int, ...], bytes]:
    return str(value.dtype).removeprefix("torch."), tuple(value.shape), bytes_of(value)


coding.crosses_as("Tensor", torch.Tensor, _parts, tensor_of)
