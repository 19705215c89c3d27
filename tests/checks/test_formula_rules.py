import time
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.rules import conv2d_parameters, output_size
from autograder.checks.verdicts import Failed, Passed, Unanswered, report

GRID = {
    "sizes": range(1, 34, 4),
    "kernel_sizes": range(1, 6),
    "strides": (1, 2, 3),
    "paddings": (0, 1, 2),
    "dilations": (1, 2),
}


def right_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def right_parameters(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return out_channels * (in_channels // groups) * kernel_size**2 + bias * out_channels


def told(verdict):
    assert isinstance(verdict, Failed)
    return report(verdict, "en")


@pytest.mark.parametrize("whole", [int, np.int64, np.int32])
def test_the_formula_in_whole_numbers_passes(whole):
    verdict = output_size(lambda *args, **options: whole(right_size(*args, **options)), **GRID)
    assert isinstance(verdict, Passed)


def test_a_case_that_pytorch_does_not_take_is_left_out():
    assert report(output_size(right_size, sizes=(3,), kernel_sizes=(3, 5, 7), paddings=(1,), strides=(1,)), "en") == (
        "✓ Formula of the output size: agrees with PyTorch in all 2 cases"
    )


def test_the_first_counterexample_comes_with_the_formula():
    def ceiling(size, kernel_size, stride=1, padding=0, dilation=1):
        return -((size + 2 * padding - dilation * (kernel_size - 1) - 1) // -stride) + 1

    assert told(output_size(ceiling)) == (
        "✗ ceiling(32, 1, stride=2): expected 16, got 17.\n"
        "  (32 + 2·0 − 1·(1−1) − 1)/2 + 1 = 16.5 → 16.\n"
        "  This is rounded up; a step that does not fit whole is dropped: `//` rounds down."
    )


@pytest.mark.parametrize(
    ("change", "got"),
    [
        (float, "got 32.0."),
        (lambda value: value == value, "got True."),
        (lambda value: None, "got None."),
        (str, "got the string '32'."),
        (lambda value: [value], "got [32]."),
        (lambda value: torch.nn.ReLU(), "got <ReLU>."),
        (lambda value: value + 1, "got 33."),
        (lambda value: 1 / 0, "got an error, ZeroDivisionError: division by zero."),
    ],
)
def test_anything_but_the_whole_number_fails(change, got):
    verdict = output_size(lambda *args, **options: change(right_size(*args, **options)))
    assert got in told(verdict)


def test_an_object_that_is_equal_to_all_fails():
    class Sly(int):
        __hash__ = int.__hash__

        def __eq__(self, other):
            return True

        def __ne__(self, other):
            return False

    assert isinstance(output_size(lambda *args, **options: Sly(7)), Failed)


def test_a_caret_in_place_of_a_power_is_named():
    def caret(in_channels, out_channels, kernel_size, groups=1, bias=True):
        return out_channels * in_channels // groups * (kernel_size ^ 2) + bias * out_channels

    assert "In Python a power is written `k ** 2`" in told(conv2d_parameters(caret))


def test_the_order_of_the_parameters_is_judged():
    def reordered(size, kernel_size, padding=0, stride=1, dilation=1):
        return right_size(size, kernel_size, stride, padding, dilation)

    why = "With named arguments it is right: are they still in the order given, …, stride, padding, dilation?"
    assert why in told(output_size(reordered))


def test_defaults_of_the_function_are_judged_too():
    def padded(size, kernel_size, stride=1, padding=1, dilation=1):
        return right_size(size, kernel_size, stride, padding, dilation)

    assert "padded(32, 1): expected 32, got 34." in told(output_size(padded))


def test_a_number_in_place_of_the_function_is_told():
    assert told(output_size(5)) == "✗ Answer: expected a function, got an object of type `int`."


def test_a_stub_is_not_answered():
    def stub(size, kernel_size, stride=1, padding=0, dilation=1):
        raise NotImplementedError

    assert output_size(stub) == Unanswered("stub")
    assert conv2d_parameters(stub) == Unanswered("stub")


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=3),
    st.lists(st.integers(1, 12), min_size=1, max_size=3),
    st.lists(st.integers(1, 5), min_size=1, max_size=2),
    st.lists(st.integers(1, 6), min_size=1, max_size=3),
)
def test_the_count_of_parameters_agrees_with_pytorch(in_channels, out_channels, kernel_sizes, groups):
    verdict = conv2d_parameters(right_parameters, in_channels, out_channels, kernel_sizes, [1, *groups])
    assert isinstance(verdict, Passed)


def test_a_count_without_groups_or_bias_fails_with_the_formula():
    assert told(conv2d_parameters(lambda i, o, k, groups=1, bias=True: o * i * k * k + o)) == (
        "✗ <lambda>(3, 32, 3, bias=False): expected 864, got 896.\n  32·3·3·3 = 864.\n"
        "  This is the result for bias=True: does the function use `bias`?"
    )
    verdict = conv2d_parameters(lambda i, o, k, groups=1, bias=True: o * i * k * k + o, (6,), (4,), (3,), (2,))
    assert "4·(6/2)·3·3 + 4 = 112." in told(verdict)


@pytest.mark.parametrize("difference", [-1, 0.5, 1])
def test_a_large_count_must_be_exact(difference):
    verdict = conv2d_parameters(lambda *args, **options: right_parameters(*args, **options) + difference, (512,), (512,))
    assert isinstance(verdict, Failed)


def test_a_grid_without_a_legal_case_is_a_fault_of_the_test():
    with pytest.raises(ValueError, match="nothing was checked"):
        output_size(right_size, sizes=(1,), kernel_sizes=(3,), paddings=(0,))
    with pytest.raises(ValueError, match="nothing was checked"):
        conv2d_parameters(right_parameters, groups=(2,))


def asked(rule, right, **ranges):
    """The calls that a rule makes, but for the last, which is one of them without names."""
    calls = []

    def recording(*arguments, **options):
        calls.append((arguments, tuple(options.items())))
        return right(*arguments, **options)

    assert isinstance(rule(recording, **ranges), Passed)
    return calls[:-1]


@pytest.mark.parametrize(
    ("rule", "right", "ranges"),
    [
        (output_size, right_size, GRID),
        (
            conv2d_parameters,
            right_parameters,
            {"in_channels": range(6, 97, 6), "out_channels": range(6, 97, 6), "groups": (1, 2, 3, 12)},
        ),
    ],
)
def test_samples_are_so_many_different_cases_of_the_grid(rule, right, ranges):
    grid, samples = asked(rule, right, **ranges), asked(rule, right, **ranges, samples=50)
    assert len(set(samples)) == len(samples) == 50
    assert set(samples) < set(grid)
    assert asked(rule, right, **ranges, samples=50) == samples


def test_there_are_no_more_samples_than_cases():
    assert len(asked(output_size, right_size, kernel_sizes=(1, 2, 3), samples=50)) == 12
    with pytest.raises(ValueError, match="nothing was checked"):
        output_size(right_size, sizes=(1,), kernel_sizes=(3, 5), paddings=(0,), samples=3)


def test_what_the_function_prints_warns_or_seeds_leaves_no_mark(capsys):
    def noisy(*args, **options):
        print("noise")
        warnings.warn("noise", stacklevel=1)
        torch.manual_seed(7)
        np.random.seed(7)
        return right_size(*args, **options)

    torch.manual_seed(1)
    np.random.seed(1)
    wanted = torch.rand(3), np.random.rand(3)
    torch.manual_seed(1)
    np.random.seed(1)
    assert isinstance(output_size(noisy), Passed)
    assert torch.equal(torch.rand(3), wanted[0])
    assert np.array_equal(np.random.rand(3), wanted[1])
    assert capsys.readouterr() == ("", "")


def test_a_large_grid_is_quick():
    started = time.process_time()
    output_size(right_size, range(1, 40, 3), range(1, 6), (1, 2, 3), (0, 1, 2), (1, 2))
    assert time.process_time() - started < 1
