"""What a student's code returned, as plain data that can be compared without running that code."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np
import torch

from autograder.checks.arrays import copy_of, is_of_numbers

MOST_PARTS = 10_000
MOST_DEPTH = 20
MOST_BITS = 1_000
MOST_ELEMENTS = 2**20  # of a tensor that is kept whole
MOST_BYTES = 2**26  # of all arrays that are kept whole: a quarter of what may cross at once


@dataclass(frozen=True)
class Opaque:
    """Stands for a value that is not plain data."""

    kind: str

    def __repr__(self) -> str:
        return f"<{self.kind}>"


Plain = None | bool | int | float | str | tuple["Plain", ...] | list["Plain"] | dict["Plain", "Plain"] | Opaque
WithTensors = Any  # plain data in which tensors stand, too
WithArrays = Any  # the same of NumPy's arrays


def plain(value: Any) -> Plain:
    """The value rebuilt from built-in types, so that no `__eq__` of the student's takes part in a comparison."""
    return _Rebuilding().of(value)


def with_tensors(value: Any) -> WithTensors:
    """The same, with tensors of numbers whole: copies, of PyTorch's own type, without gradient."""
    return _Rebuilding(_copy_of_tensor).of(value)


def with_arrays(value: Any) -> WithArrays:
    """The same as `plain`, with arrays of numbers whole: copies, of NumPy's own type."""
    return _Rebuilding(keeps_arrays=True).of(value)


def is_number(value: Plain) -> TypeGuard[int | float]:
    """An int or float; True and False are not numbers."""
    return type(value) in (int, float)


def same_number(left: Plain, right: Plain, tolerance: float = 1e-5) -> bool:
    """Both are numbers and equal within the tolerance; NaN equals nothing."""
    if not (is_number(left) and is_number(right)):
        return False
    return left == right or math.isclose(left, right, rel_tol=tolerance, abs_tol=tolerance)


def same_value(left: Plain, right: Plain) -> bool:
    """Equal in every part, numbers as by `same_number`; a list may stand for a tuple, and an Opaque equals nothing."""
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        return len(left) == len(right) and all(map(same_value, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same_value(left[key], right[key]) for key in right)
    if is_number(left) or is_number(right):
        return same_number(left, right)
    return type(left) is type(right) and left == right and not isinstance(right, Opaque)


def described(value: Plain) -> str:
    """The value in at most 60 characters."""
    if type(value) is float and math.isfinite(value) and not value.is_integer():
        return f"{value:.6g}" if "." in f"{value:.6g}" else repr(value)
    text = repr(value[:60] if type(value) is str else value)
    return text if len(text) <= 60 else f"{text[:57]}..."


class _Rebuilding:
    """One value being rebuilt; parts and depth are bounded, as lists can hold each other, and themselves."""

    def __init__(self, of_tensor: Callable[[torch.Tensor], Any] | None = None, keeps_arrays: bool = False) -> None:
        self._parts = 0
        self._keeps_arrays = keeps_arrays
        self._bytes_left = MOST_BYTES
        self._of_tensor = of_tensor or _of_tensor

    def of(self, value: Any, depth: int = 0) -> Any:
        self._parts += 1
        if self._parts > MOST_PARTS or depth > MOST_DEPTH:
            return Opaque("...")
        if self._keeps_arrays and isinstance(value, np.ndarray):
            return self._kept(value)
        if isinstance(value, np.generic | np.ndarray):
            value = _of_numpy(value)
        elif type(value) in (torch.Tensor, torch.nn.Parameter):
            value = self._of_tensor(value)
        if value is None or isinstance(value, bool | Opaque) or type(value) is torch.Tensor:
            return value
        if isinstance(value, int):
            return int.__add__(value, 0) if int.bit_length(value) <= MOST_BITS else Opaque("int")
        if isinstance(value, float):
            return float.__add__(value, 0.0)
        if isinstance(value, str):
            return str.__getitem__(value, slice(None))
        if isinstance(value, tuple):
            return tuple(self.of(part, depth + 1) for part in tuple.__iter__(value))
        if isinstance(value, list):
            return [self.of(part, depth + 1) for part in list.__iter__(value)]
        if isinstance(value, Mapping):
            items = dict.items(value) if isinstance(value, dict) else value.items()
            return {self._key(key): self.of(part, depth + 1) for key, part in items}
        return Opaque(type(value).__name__)

    def _kept(self, array: np.ndarray) -> np.ndarray | Opaque:
        if not is_of_numbers(array) or array.nbytes > self._bytes_left:
            return Opaque(type(array).__name__)
        self._bytes_left -= array.nbytes
        return copy_of(array)

    def _key(self, key: Any) -> Any:
        rebuilt = self.of(key)
        return Opaque(type(key).__name__) if isinstance(rebuilt, tuple | list | dict | np.ndarray) else rebuilt


def _of_numpy(value: np.generic | np.ndarray) -> Any:
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return Opaque(type(value).__name__)
    if array.size == 1:
        return array.item()
    return array.tolist() if array.ndim == 1 and array.size <= MOST_PARTS else Opaque(f"ndarray {_by(array.shape)}")


def _of_tensor(value: torch.Tensor) -> Any:
    if value.numel() == 1 and not value.is_complex():
        return value.item()
    return value.tolist() if value.dim() == 1 and len(value) <= MOST_PARTS else Opaque(f"Tensor {_by(value.shape)}")


def _copy_of_tensor(value: torch.Tensor) -> torch.Tensor | Opaque:
    if value.layout is not torch.strided or value.device.type != "cpu" or value.numel() > MOST_ELEMENTS:
        return Opaque(f"Tensor {_by(value.shape)}")
    return value.detach().clone(memory_format=torch.contiguous_format).resolve_conj().resolve_neg()


def _by(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
