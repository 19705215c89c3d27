"""The formulas agree with PyTorch, and the sentences with the formulas."""

import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from autograder.network import arithmetic

small = st.integers(1, 7)


@given(st.integers(1, 40), small, small, st.integers(0, 3), st.integers(1, 3))
def test_output_size_is_what_pytorch_gives(size, kernel_size, stride, padding, dilation):
    expected = arithmetic.output_size(size, kernel_size, stride, padding, dilation)
    assume(size + 2 * padding >= dilation * (kernel_size - 1) + 1)
    x, weight = torch.empty(1, 1, size, device="meta"), torch.empty(1, 1, kernel_size, device="meta")
    assert F.conv1d(x, weight, stride=stride, padding=padding, dilation=dilation).shape[-1] == expected


@given(small, small, st.one_of(small, st.tuples(small, small)), st.integers(1, 3), st.booleans())
def test_parameters_are_what_pytorch_allocates(inputs, outputs, kernel_size, groups, bias):
    layer = nn.Conv2d(inputs * groups, outputs * groups, kernel_size, groups=groups, bias=bias, device="meta")
    count = sum(parameter.numel() for parameter in layer.parameters())
    arguments = (inputs * groups, outputs * groups, kernel_size, groups, bias)
    assert arithmetic.convolution_parameters(*arguments) == count
    assert arithmetic.convolution_parameters_sentence(*arguments).endswith(f"= {count}")


def test_sentences_show_the_readers_numbers():
    assert arithmetic.output_size_sentence(32, 3, 2) == "(32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15"
    assert arithmetic.output_size_sentence(32, 2, 2) == "(32 + 2·0 − 1·(2−1) − 1)/2 + 1 = 16"
    assert arithmetic.convolution_parameters_sentence(32, 12, 1) == "12·32·1·1 + 12 = 396"
    assert arithmetic.convolution_parameters_sentence(8, 8, 3, groups=8, bias=False) == "8·(8/8)·3·3 = 72"


@given(st.integers(4, 40), st.integers(1, 40), small, st.integers(1, 4), st.integers(0, 3))
def test_smallest_change_reaches_the_size_and_nothing_nearer_does(size, wanted, kernel_size, stride, padding):
    change = arithmetic.smallest_change(size, wanted, kernel_size, stride, padding)
    present = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    nearer = {
        (name, value)
        for name, now in present.items()
        for value in range(0 if name == "padding" else 1, 100)
        if value != now and arithmetic.output_size(size, **(present | {name: value})) == wanted
    }
    if change is None:
        assert not nearer
    else:
        assert (change.name, change.value) in nearer
        assert abs(change.value - present[change.name]) == min(abs(value - present[name]) for name, value in nearer)
