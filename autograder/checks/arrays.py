"""NumPy's arrays and numbers as their bytes: so they cross between processes."""

from typing import Any

import numpy as np

from autograder import coding

DTYPES = frozenset({
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
})  # fmt: skip


def is_of_numbers(array: np.ndarray) -> bool:
    """Whether its bytes tell all of it: it holds no objects, texts or dates, and no mask hides some of its numbers."""
    return array.dtype.name in DTYPES and not isinstance(array, np.ma.MaskedArray)


def copy_of(array: np.ndarray) -> np.ndarray:
    """The same numbers in this machine's order, in an array of NumPy's own type."""
    return np.array(array, dtype=array.dtype.name, order="C", subok=False)


def array_of(dtype: Any, shape: Any, content: Any) -> np.ndarray:
    """A new array from its bytes; ValueError where they are not those of this dtype and shape."""
    is_known = type(dtype) is str and dtype in DTYPES
    if not is_known or not coding.is_of_shape(content, shape, np.dtype(dtype).itemsize):
        raise ValueError("not the parts of an array")
    stored = "uint8" if dtype == "bool" else dtype  # a byte that is neither 0 nor 1 would be a truth like no other
    return np.ndarray(shape, stored, content).astype(dtype)


def _parts(value: np.ndarray | np.generic) -> tuple[str, tuple[int, ...], bytes]:
    array = np.asanyarray(value)
    if not is_of_numbers(array):
        raise coding.CannotCross(f"a value of type {type(value).__name__} and dtype {array.dtype} can't cross")
    return array.dtype.name, array.shape, copy_of(array).tobytes()


def _number(*parts: Any) -> Any:
    return array_of(*parts)[()]


coding.crosses_as("Array", np.ndarray, _parts, array_of)
coding.crosses_as("NumPyNumber", np.generic, _parts, _number)
