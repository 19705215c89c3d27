"""A trace in double precision: what many layers make faint is not lost in rounding there."""

from dataclasses import replace
from typing import Any

import torch

from autograder.network.records import Named, Operator, Output, Recording, Storage, View

DOUBLE = {"float32": "float64", "complex64": "complex128"}


def in_double_precision(trace: Recording) -> Recording:
    """The same operators on the same numbers, in double precision; the trace itself where memory has two meanings."""
    views = _views(trace)
    single = {view.storage for view in views if view.dtype in DOUBLE}
    if single & {view.storage for view in views if view.dtype not in DOUBLE}:
        return trace
    return replace(
        trace,
        inputs=tuple(replace(each, view=_value(each.view)) for each in trace.inputs),
        outputs=tuple(replace(each, view=_value(each.view), content=_doubled(each)) for each in trace.outputs),
        operators=tuple(map(_operator, trace.operators)),
        storages=tuple(_storage(each) if each.number in single else each for each in trace.storages),
    )


def is_in_single_precision(trace: Recording) -> bool:
    """Whether none of it is in double precision, where rounding would be what it is already."""
    return not any(view.dtype in DOUBLE.values() for view in _views(trace))


def _views(trace: Recording) -> list[View]:
    of_operators = (view for each in trace.operators for view in (*each.inputs, *each.outputs))
    return [*(each.view for each in (*trace.inputs, *trace.outputs)), *of_operators]


def _operator(operator: Operator) -> Operator:
    options = {name: _value(value) for name, value in operator.options.items()}
    return replace(operator, arguments=_value(operator.arguments), options=options, outputs=_value(operator.outputs))


def _storage(storage: Storage) -> Storage:
    return replace(storage, nbytes=2 * storage.nbytes, content=_in_double(storage.content))


def _doubled(output: Output) -> bytes | None:
    return _in_double(output.content) if output.dtype in DOUBLE else output.content


def _in_double(content: bytes | None) -> bytes | None:
    """The same numbers in twice the bytes; complex ones are pairs."""
    return torch.frombuffer(bytearray(content), dtype=torch.float32).double().numpy().tobytes() if content else content


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_value, value))
    if isinstance(value, View):
        return replace(value, dtype=DOUBLE.get(value.dtype, value.dtype))
    if isinstance(value, Named):
        return Named(DOUBLE.get(value.name, value.name))
    return value
