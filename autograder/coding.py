"""Plain values and records as JSON with raw bytes beside it; what comes back is checked, never executed.

A type that is neither is registered with `crosses_as`, in the file that defines it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

MOST_DEPTH = 60
MOST_KEYS = 2_000  # of one dict: keys that collide take the square of their number to compare
LONGEST_TEXT = 5_000  # in a record
MOST_AXES, LARGEST_SIZE = 64, 2**63 - 1  # of a tensor or array: those of NumPy
AS_THEY_ARE = frozenset({NoneType, bool, int, str})  # in JSON, of what a trace has most

Fits = Callable[[Any], bool]
_records: dict[str, tuple[type, dict[str, tuple[Any, Fits]]]] = {}  # by name, with the annotation of each field
_kinds: dict[str, "_Kind"] = {}  # by name


@dataclass(frozen=True)
class _Kind:
    """How values of a type cross that is no record: as these parts, of which `whole` makes the value again."""

    kind: type[Any]
    parts: Callable[[Any], tuple[Any, ...]]
    whole: Callable[..., Any]
    is_shared: bool


class CannotCross(TypeError):
    """The value can't be encoded."""


def may_cross(record: type) -> type:
    """Lets instances of a dataclass be encoded; their fields are checked against its annotations when decoded."""
    hints = get_type_hints(record)
    checked = {field.name: (hints[field.name], _fitting(hints[field.name])) for field in fields(record) if field.init}
    _records[record.__name__] = record, checked
    return record


def crosses_as(
    name: str,
    kind: type[Any],
    parts: Callable[[Any], tuple[Any, ...]],
    whole: Callable[..., Any],
    is_shared: bool = False,
) -> None:
    """Lets values of a type be encoded as their parts; `whole` raises ValueError for parts that make none.

    Of those that are shared, an object that occurs twice is one object on the other side, too.
    """
    _kinds[name] = _Kind(kind, parts, whole, is_shared)


def encode(value: Any) -> tuple[Any, list[bytes]]:
    """The value as what JSON can hold, and the bytes that it refers to by number.

    CannotCross for anything but None, booleans, numbers, fractions, strings, bytes, tuples, lists, dicts, records that
    may cross, and types that say how they do.
    """
    contents: list[bytes] = []
    return _Encoding(contents).of(value), contents


def decode(structure: Any, contents: Sequence[bytes]) -> Any:
    """The inverse of `encode`; ValueError for anything that it does not write, whatever that is."""
    try:
        return _Decoding(contents).of(structure)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def is_of_shape(content: Any, shape: Any, item_bytes: int) -> bool:
    """Whether they are so many bytes as a tensor or array of this shape has, each of its items so many."""
    return (
        type(content) is bytes
        and type(shape) is tuple
        and len(shape) <= MOST_AXES
        and all(type(size) is int and 0 <= size <= LARGEST_SIZE for size in shape)
        and math.prod(shape) * item_bytes == len(content)
    )


class _Encoding:
    def __init__(self, contents: list[bytes]) -> None:
        self._contents = contents
        self._shared: dict[int, int] = {}

    def of(self, value: Any) -> Any:
        kind = type(value)
        if kind in AS_THEY_ARE or (kind is float and math.isfinite(value)):
            return value
        if kind is float:
            return {"float": str(value)}
        if kind is complex:
            return {"complex": [self.of(value.real), self.of(value.imag)]}
        if kind is Fraction:
            return {"fraction": [value.numerator, value.denominator]}
        if kind is list:
            return self._each(value)
        if kind is tuple:
            return {"tuple": self._each(value)}
        if kind is dict:
            return {"dict": [[self.of(key), self.of(part)] for key, part in value.items()]}
        if kind is bytes:
            self._contents.append(value)
            return {"bytes": len(self._contents) - 1}
        if kind.__name__ in _records and _records[kind.__name__][0] is kind:
            _record, hints = _records[kind.__name__]
            return {"record": kind.__name__, "fields": self._each(getattr(value, name) for name in hints)}
        for name, each in _kinds.items():
            if isinstance(value, each.kind):
                return self._of_kind(name, each, value)
        raise CannotCross(f"a value of type {kind.__name__} can't cross")

    def _each(self, parts: Iterable[Any]) -> list[Any]:
        return [part if type(part) in AS_THEY_ARE else self.of(part) for part in parts]

    def _of_kind(self, name: str, kind: _Kind, value: Any) -> Any:
        known = self._shared.get(id(value))
        if known is not None:
            return {"same": known}
        parts = self._each(kind.parts(value))
        if kind.is_shared:
            self._shared[id(value)] = len(self._shared)
        return {"kind": name, "parts": parts}


class _Decoding:
    def __init__(self, contents: Sequence[bytes]) -> None:
        self._contents = contents
        self._shared: list[Any] = []

    def of(self, value: Any, depth: int = 0) -> Any:
        if depth > MOST_DEPTH:
            raise ValueError("nested too deeply")
        if isinstance(value, list):
            return self._each(value, depth)
        if not isinstance(value, dict):
            return value
        match value:
            case {"tuple": list(parts)}:
                return tuple(self._each(parts, depth))
            case {"record": str(name), "fields": list(parts)} if name in _records:
                return self._record(name, self._each(parts, depth))
            case {"dict": list(items)} if len(items) <= MOST_KEYS:
                return {self.of(key, depth + 1): self.of(part, depth + 1) for key, part in items}
            case {"float": ("nan" | "inf" | "-inf") as text}:
                return float(text)
            case {"complex": [real, imaginary]}:
                return complex(self.of(real, depth + 1), self.of(imaginary, depth + 1))
            case {"fraction": [int(above), int(below)]} if below > 0:
                return Fraction(above, below)
            case {"bytes": int(number)} if 0 <= number < len(self._contents):
                return self._contents[number]
            case {"kind": str(name), "parts": list(parts)} if name in _kinds:
                return self._of_kind(_kinds[name], self._each(parts, depth))
            case {"same": int(number)} if 0 <= number < len(self._shared):
                return self._shared[number]
        raise ValueError(f"not part of a message: {str(value)[:80]}")

    def _each(self, parts: list[Any], depth: int) -> list[Any]:
        return [part if type(part) in AS_THEY_ARE else self.of(part, depth + 1) for part in parts]

    def _record(self, name: str, parts: list[Any]) -> Any:
        record, hints = _records[name]
        for part, (field, (hint, fits)) in zip(parts, hints.items(), strict=True):
            if not fits(part) or (type(part) is str and len(part) > LONGEST_TEXT):
                raise ValueError(f"{name}.{field} is not of type {hint}: {str(part)[:80]}")
        return record(**dict(zip(hints, parts, strict=True)))

    def _of_kind(self, kind: _Kind, parts: list[Any]) -> Any:
        whole = kind.whole(*parts)
        if kind.is_shared:
            self._shared.append(whole)
        return whole


def _fitting(hint: Any) -> Fits:
    """Tells whether a decoded value is what an annotation says, down to the parts of tuples and dicts."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint is Any:
        return lambda _value: True
    if origin in (Union, UnionType):
        alternatives = [_fitting(part) for part in parts]
        return lambda value: any(fits(value) for fits in alternatives)
    if (origin is tuple and parts[1:] == (Ellipsis,)) or origin is list:
        fits_part = _fitting(parts[0])
        return lambda value: type(value) is origin and all(map(fits_part, value))
    if origin is tuple:
        fit = [_fitting(part) for part in parts]
        return lambda value: (
            type(value) is tuple
            and len(value) == len(fit)
            and all(fits(part) for fits, part in zip(fit, value, strict=True))
        )
    if origin is dict:
        fits_key, fits_value = map(_fitting, parts)
        return lambda value: type(value) is dict and all(fits_key(k) and fits_value(v) for k, v in value.items())
    return lambda value: type(value) is hint
