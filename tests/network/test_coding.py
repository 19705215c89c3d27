"""What crosses between processes comes back equal, or is refused."""

import json
import math
import reprlib

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from naming import without_address

from autograder.coding import decode, encode
from autograder.network import Recipe, observe

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary()
keys = st.integers() | st.text() | st.tuples(st.integers(), st.text())
values = st.recursive(
    scalars,
    lambda parts: st.lists(parts) | st.lists(parts).map(tuple) | st.dictionaries(keys, parts),
    max_leaves=20,
)


def crossed(value):
    structure, contents = encode(value)
    return decode(json.loads(json.dumps(structure, allow_nan=False)), contents)


def same(left, right):
    """Equal, of the same types down to the parts, NaN equal to itself."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return (left == right and math.copysign(1, left) == math.copysign(1, right)) or math.isnan(left + right)
    if isinstance(left, complex):
        return same((left.real, left.imag), (right.real, right.imag))
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return same(list(left.items()), list(right.items()))
    return left == right


@given(values)
def test_plain_values_come_back_as_they_were(value):
    assert same(crossed(value), value)


@pytest.mark.parametrize(
    "dtype", [torch.float32, torch.float64, torch.int64, torch.bool, torch.bfloat16, torch.complex64]
)
@pytest.mark.parametrize("shape", [(), (0,), (2, 3), (1, 0, 4)], ids=str)
def test_tensors_come_back_as_they_were(dtype, shape):
    tensor = (
        torch.arange(math.prod(shape)).reshape(shape).to(dtype).transpose(0, -1)
        if shape
        else torch.ones((), dtype=dtype)
    )
    back = crossed(tensor)
    assert back.dtype == dtype and torch.equal(back, tensor)


def test_a_layer_used_twice_is_one_layer_on_the_other_side():
    shared = Recipe("Conv2d", 3, 3, 1)
    network = crossed(
        Recipe("Sequential", {"first": shared, "again": shared, "other": Recipe("Conv2d", 3, 3, 1)})
    ).build()
    assert network.first is network.again and network.first is not network.other


def test_a_trace_comes_back_as_it_was():
    trace = observe(torch.nn.Conv2d(3, 4, 3), torch.randn(1, 3, 8, 8))
    assert crossed(trace) == trace


@pytest.mark.parametrize("value", [object(), {1, 2}, print, [object()]], ids=without_address)
def test_other_objects_do_not_cross(value):
    with pytest.raises(TypeError, match="can't cross"):
        encode(value)


def tensor(dtype, shape, content=None):
    return {"kind": "Tensor", "parts": [dtype, shape, content or {"bytes": 0}]}


def recipe(layer, arguments, options):
    return {"kind": "Recipe", "parts": [layer, arguments, options]}


@pytest.mark.parametrize(
    "structure",
    [
        {"bytes": 3}, {"bytes": -1}, {"record": "Trace", "fields": []}, {"record": "Popen", "fields": ["ls"]},
        {"record": "View", "fields": [0, "float32", {"tuple": ["a"]}, {"tuple": []}, 0]},
        {"record": "View", "fields": [True, "float32", {"tuple": []}, {"tuple": []}, 0]},
        tensor("float32", {"tuple": [10**12]}), tensor("save", {"tuple": []}), tensor("float32", {"tuple": [-1]}), tensor("float32", {"tuple": [10**4000] * 4000}),
        tensor("float32", {"tuple": ["3"]}), tensor("float32", [3]), tensor("uint8", {"tuple": [3]}, "abc"), tensor(["uint8"], {"tuple": [3]}),
        {"kind": "Tensor", "parts": ["uint8"]}, {"kind": "Tensor"}, {"kind": "Storage", "parts": []}, {"kind": ["Tensor"], "parts": []},
        recipe("Module.__init__", {"tuple": []}, {"dict": []}), recipe("ReLU", 1, 2), recipe("ReLU", {"tuple": []}, {"dict": [["layer", "GELU"]]}),
        recipe("ReLU", {"tuple": []}, {"dict": [[1, 2]]}), {"same": 0}, {"same": -1},
        {"dict": [[1]]}, {"dict": [[[], 1]]}, {"unknown": 1}, {},
    ],
    ids=reprlib.repr,
)  # fmt: skip
def test_anything_else_is_refused(structure):
    with pytest.raises(ValueError):
        decode(structure, [b"abc"])


def test_nesting_without_end_is_refused():
    value = []
    for _ in range(500):
        value = [value]
    with pytest.raises(ValueError, match="deep"):
        decode(value, [])
