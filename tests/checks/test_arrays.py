"""NumPy's arrays come back equal from another process, or are refused."""

import reprlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder import coding
from autograder.checks.arrays import DTYPES
from autograder.coding import CannotCross
from autograder.process.wire import packed, unpacked

LAID_OUT = {
    "as it is": lambda array: array,
    "transposed": np.transpose,
    "in Fortran's order": np.asfortranarray,
    "a part": lambda array: array[..., ::-2] if array.ndim else array,
    "in the other order of bytes": lambda array: array.astype(array.dtype.newbyteorder("S")),
    "not to be written": lambda array: np.broadcast_to(array, (2, *array.shape)),
}


@pytest.mark.parametrize("laid_out", LAID_OUT.values(), ids=LAID_OUT)
@given(array=st.sampled_from(sorted(DTYPES)).flatmap(lambda dtype: arrays(dtype, array_shapes(min_dims=0, min_side=0))))
def test_an_array_comes_back_as_it_was(laid_out, array):
    there = laid_out(array)
    back = unpacked(packed({"among others": [there]}))["among others"][0]
    np.testing.assert_array_equal(back, there.astype(array.dtype), strict=True)
    assert type(back) is np.ndarray and back.dtype.isnative
    assert back.flags.writeable and back.flags.owndata


@pytest.mark.parametrize("dtype", sorted(DTYPES))
def test_a_number_comes_back_as_it_was(dtype):
    number = np.ones((), dtype)[()]
    back = unpacked(packed(number))
    assert type(back) is type(number) and back == number


def test_an_array_of_a_kind_of_its_own_comes_back_as_numpys_own():
    back = unpacked(packed(np.array([1, 2]).view(np.recarray)))
    assert type(back) is np.ndarray and back.tolist() == [1, 2]


@pytest.mark.parametrize(
    "value",
    [
        np.array([1, "a"], dtype=object), np.array(["a"]), np.array([b"a"]), np.zeros(2, "i4,f8"), np.zeros(2, "M8[s]"),
        np.zeros(2, "m8[s]"), np.ma.masked_array([1, 2], [True, False]), np.str_("a"), np.datetime64("2026-11-29"),
    ],
    ids=lambda value: f"{type(value).__name__} {value.dtype}",
)  # fmt: skip
def test_what_is_not_of_numbers_alone_does_not_cross(value):
    with pytest.raises(CannotCross, match="can't cross"):
        coding.encode(value)


def tuple_of(*parts):
    return {"tuple": list(parts)}


CONTENT = {"bytes": 0}  # eight of them


@pytest.mark.parametrize("kind", ["Array", "NumPyNumber"])
@pytest.mark.parametrize(
    "parts",
    [
        ["float64", tuple_of(2), CONTENT], ["float64", tuple_of(), "abcdefgh"], ["float64", [1], CONTENT], ["float64", 1, CONTENT],
        ["int8", tuple_of(-8), CONTENT], ["int8", tuple_of(-2, -4), CONTENT], ["int8", tuple_of("8"), CONTENT], ["int8", tuple_of(8.0), CONTENT],
        ["float64", tuple_of(True), CONTENT], ["float64", tuple_of(10**12), CONTENT], ["float64", tuple_of(2**64, 0), {"bytes": 1}],
        ["float64", tuple_of(2**62, 2**62, 0), {"bytes": 1}], ["float64", tuple_of(*[1] * 65), CONTENT], ["float64", tuple_of(*[10**4000] * 4000), CONTENT],
        ["object", tuple_of(1), CONTENT], ["O", tuple_of(), CONTENT], ["i4,f4", tuple_of(), CONTENT], [">f8", tuple_of(), CONTENT], ["S8", tuple_of(), CONTENT],
        ["datetime64[s]", tuple_of(), CONTENT], ["float", tuple_of(), CONTENT], ["no such", tuple_of(), CONTENT], [None, tuple_of(), CONTENT],
        [["float64"], tuple_of(), CONTENT], ["float64", tuple_of()], ["float64", tuple_of(), CONTENT, 1], [],
    ],
    ids=reprlib.repr,
)  # fmt: skip
def test_a_forged_one_is_refused(kind, parts):
    with pytest.raises(ValueError):
        coding.decode({"kind": kind, "parts": parts}, [bytes(8), b""])


def test_a_forged_truth_is_true_or_false():
    (back,) = coding.decode([{"kind": "Array", "parts": ["bool", tuple_of(8), CONTENT]}], [bytes(range(8))])
    np.testing.assert_array_equal(back.view("uint8"), [0, 1, 1, 1, 1, 1, 1, 1])
