"""A function is held against another way to find its values."""

import pytest
import torch

from autograder.checks import Failure, NotAnswered, notebook

CASES = [(8, 3), (9, 3), (2, 2)]


def judged(function):
    answer, check = notebook("en", {"left": function})
    check.agrees(answer.left, lambda n, k: n % k, CASES, why=lambda n, k: f"{n} = {n // k}·{k} + {n % k}.")


def test_a_right_one_passes(capsys):
    judged(lambda n, k: n - n // k * k)
    assert capsys.readouterr().out == "✓ Your function: right in all 3 cases\n"


@pytest.mark.parametrize("function", [lambda n, k: n // k, lambda n, k: None, lambda n, k: "2", lambda n: n, 7])
def test_a_wrong_one_fails(function):
    with pytest.raises(Failure):
        judged(function)


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ([0.1 + 0.2], [0.3]),
        ((28, 14), [28, 14]),
        ([[1.0], 2], [[1], 2.0]),
        ({"rows": [0.1 + 0.2]}, {"rows": [0.3]}),
        ("same", "same"),
        (None, None),
    ],
)
def test_parts_are_compared_as_numbers_are(found, truth):
    answer, check = notebook("en", {"left": lambda: found})
    check.agrees(answer.left, lambda: truth, [()])


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ([True], [1]),
        ([1, 2], [1]),
        ({"rows": 1}, {"columns": 1}),
        ("1", 1),
        ([float("nan")], [float("nan")]),
        (torch.ones(2, 2), torch.zeros(2, 2)),
        (torch.ones(2, 2), torch.ones(2, 2)),  # what is no plain data can't be compared
        (2**2000, 2**2000 + 1),
    ],
)
def test_other_parts_are_not_the_same(found, truth):
    answer, check = notebook("en", {"left": lambda: found})
    with pytest.raises(Failure):
        check.agrees(answer.left, lambda: truth, [()])


def test_a_wrong_value_gets_its_arithmetic():
    def left(n, k):
        return n % k + (n == 9)

    with pytest.raises(Failure) as caught:
        judged(left)
    assert str(caught.value) == "✗ left(9, 3): expected 0, got 1.\n  9 = 3·3 + 0."


def test_a_stub_is_not_answered_yet():
    def left(n, k):
        raise NotImplementedError()

    with pytest.raises(NotAnswered):
        judged(left)
