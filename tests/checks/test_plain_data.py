import collections

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.plain_data import MOST_BYTES, Opaque, described, plain, same_number, same_value, with_arrays

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda parts: st.lists(parts) | st.tuples(parts, parts) | st.dictionaries(st.text(), parts),
    max_leaves=20,
)


class EqualToAll(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class AnyDict(dict):
    def __getitem__(self, key):
        return 0

    def __contains__(self, key):
        return True


@given(PLAIN)
def test_plain_data_stays_as_it_is(value):
    assert plain(value) == value


@pytest.mark.parametrize(
    ("value", "rebuilt"),
    [
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (torch.tensor([2]), 2),
        (torch.nn.Parameter(torch.tensor(0.5)), 0.5),
        (torch.tensor([-2, -2]), [-2, -2]),
        (np.array([1, 2]), [1, 2]),
        (torch.Size([1, 2]), (1, 2)),
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.UserDict(a=1), {"a": 1}),
        (EqualToAll(3), 3),
        (AnyDict(a=1), {"a": 1}),
    ],
)
def test_what_means_plain_data_becomes_it(value, rebuilt):
    found = plain(value)
    assert type(found) is type(rebuilt)
    assert type(found) in (bool, int, float, tuple, list, dict)
    assert found == rebuilt


@pytest.mark.parametrize(
    "value",
    [object(), torch.nn.ReLU(), 1j, torch.zeros(2, 3), np.zeros((2, 3)), {1}, b"x", 10**5000, lambda: 1, iter([1])],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_is_opaque_and_can_be_described(value):
    assert type(plain(value)) is Opaque
    assert len(described(plain(value))) <= 60


class EqualArray(np.ndarray):
    def __eq__(self, other):
        return True

    __hash__ = object.__hash__


@pytest.mark.parametrize(
    "array",
    [np.zeros((2, 3)), np.array([1, 2]), np.array(3), np.zeros((0, 3)), np.ones(3).view(EqualArray),
     np.broadcast_to(1, (1000, 1000))],
    ids=lambda array: f"{type(array).__name__} {array.shape}",
)  # fmt: skip
def test_an_array_may_stay_one_alone_and_inside_of_plain_data(array):
    before = np.array(array)
    found = with_arrays([array, {"a": (array, np.float64(0.5))}])
    (inside,) = found[1].values()
    for copy in (with_arrays(array), found[0], inside[0]):
        assert type(copy) is np.ndarray
        np.testing.assert_array_equal(copy, before, strict=True)
        copy[...] = 7
    assert type(inside[1]) is float
    np.testing.assert_array_equal(np.array(array), before)


@pytest.mark.parametrize(
    "array",
    [
        np.array([1, "a"], dtype=object), np.array(["a", "b"]), np.array(["2026-11-29"], dtype="M8[D]"),
        np.array([(1, 2.0)] * 2, dtype="i4,f8"), np.ma.masked_array([1, 2], [True, False]),
        np.broadcast_to(1, (MOST_BYTES,)),
    ],
    ids=lambda array: f"{type(array).__name__} {array.dtype} {array.shape}",
)  # fmt: skip
def test_an_array_that_is_not_of_numbers_alone_or_too_large_is_opaque(array):
    assert with_arrays([array]) == [Opaque(type(array).__name__)]


@pytest.mark.parametrize("value", [torch.zeros(2, 3), {np.ones(2).view(EqualArray): 1}, np.complex64(1j), np.str_("a")])
def test_all_else_is_what_it_is_without_arrays(value):
    assert with_arrays(value) == plain(value)


def test_arrays_are_kept_as_long_as_they_may_cross_together():
    half = np.zeros(MOST_BYTES // 2 + 1, "uint8")
    found = with_arrays([half, half, np.ones(2)])
    assert [type(each) for each in found] == [np.ndarray, Opaque, np.ndarray]


def test_lists_that_hold_each_other_end():
    twisted = [1]
    twisted.append(twisted)
    wide = [[[[[0] * 100] * 100] * 100] * 100] * 100
    assert len(described(plain(twisted))) <= 60
    assert len(described(plain(wide))) <= 60


@given(PLAIN)
def test_descriptions_are_short_lines(value):
    text = described(plain(value))
    assert len(text) <= 60
    assert text.isprintable()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, 1.0, True),
        (0.5, 0.5 + 5e-6, True),
        (0.5, 0.5 + 5e-5, False),
        (float("nan"), float("nan"), False),
        (float("inf"), 1.0, False),
        (True, 1, False),
        ("1", 1, False),
        (None, 0, False),
        (10**300, 1e300, True),
        (2**999, 1.0, False),
    ],
)
def test_numbers_are_the_same_within_the_tolerance(left, right, same):
    assert same_number(left, right) is same


@pytest.mark.parametrize(
    ("found", "same"),
    [((1, 2), True), ([1, 2.0], True), ((1,), False), ((1, 2, 3), False), (1, False), ({1: 2}, False), ("12", False)],
)
def test_a_pair_is_a_tuple_or_a_list(found, same):
    assert same_value(found, (1, 2)) is same
