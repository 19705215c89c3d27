"""A function is held against another way to find its values."""

import pytest

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
