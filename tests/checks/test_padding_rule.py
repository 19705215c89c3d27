import pytest
import torch
from torch.nn import functional as F

from autograder.checks.rules import padding_comparison
from autograder.checks.verdicts import Failed, Passed, report

GENERATOR = torch.Generator().manual_seed(0)
WEIGHT, BIAS, X = (torch.randn(shape, generator=GENERATOR) for shape in ((4, 3, 3, 3), (4,), (2, 3, 9, 8)))


def stats(t, name="tensor"):
    return {"name": name, "shape": tuple(t.shape), "mean": float(t.mean().item())}


def compare_padding(weight, bias, x, stride=1):
    pad0, pad1 = (F.relu(F.conv2d(x, weight, bias, stride=stride, padding=padding)) for padding in (0, 1))
    return {
        "pad0": stats(pad0, "pad0"),
        "pad1": stats(pad1, "pad1"),
        "size_difference": (pad1.shape[2] - pad0.shape[2], pad1.shape[3] - pad0.shape[3]),
        "mean_difference": stats(pad0)["mean"] - stats(pad1)["mean"],
    }


def changed(**parts):
    def compare(weight, bias, x, stride=1):
        right = compare_padding(weight, bias, x, stride)
        return right | {key: part(right[key]) for key, part in parts.items()}

    return compare


def told(function, **options):
    verdict = padding_comparison(function, WEIGHT, BIAS, X, **options)
    assert isinstance(verdict, Failed)
    return report(verdict, "en")


@pytest.mark.parametrize("bias", [BIAS, None])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_comparison_passes(bias, stride):
    assert isinstance(padding_comparison(compare_padding, WEIGHT, bias, X, stride=stride), Passed)


@pytest.mark.parametrize(
    "function",
    [
        changed(size_difference=list),
        changed(size_difference=torch.tensor),
        changed(size_difference=lambda pair: tuple(map(torch.tensor, pair))),
        changed(mean_difference=torch.tensor, pad0=lambda part: part | {"mean": torch.tensor([part["mean"]])}),
        changed(pad0=lambda part: part | {"name": "anything", "more": object()}),
        changed(pad1=lambda part: part | {"shape": torch.Size(part["shape"])}),
    ],
)
def test_other_spellings_of_the_same_numbers_pass(function):
    assert isinstance(padding_comparison(function, WEIGHT, BIAS, X), Passed)


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (lambda *args: None, "got None.\n  Does the function end with `return`? `print` shows a value, `return` gives it back."),
        (lambda *args: [1], "got [1]."),
        (lambda *args: 1 / 0, "got an error, ZeroDivisionError: division by zero."),
        (changed(pad0=lambda part: 3), '["pad0"]: expected a dictionary with the key `shape`, got 3.'),
        (changed(pad0=lambda part: {"shape": part["shape"]}), "expected a dictionary with the key `mean`, got the keys `shape`."),
        (lambda *args: {}, "expected a dictionary with the key `pad0`, got {}."),
        (lambda *args: {"pad_1": 1, 0: 2, "two\nlines": 3}, "got the keys `pad_1`, 0, 'two\\nlines'."),
        (lambda *args: dict.fromkeys("abcdefghijk"), "got the keys `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, …."),
        (changed(pad1=lambda part: part | {"shape": (2, 4, 7, 6)}), '["pad1"]["shape"]: expected (2, 4, 9, 8), got (2, 4, 7, 6).\n  padding=1: (9 + 2·1'),
        (changed(pad0=lambda part: part | {"mean": float("nan")}), "got nan.\n  This should be the mean of F.relu"),
        (changed(pad0=lambda part: part | {"mean": part["mean"] + 1e-3}), '["pad0"]["mean"]: expected '),
        (changed(pad0=lambda part: part | {"mean": str(part["mean"])}), '["pad0"]["mean"]: expected '),
        (changed(size_difference=lambda pair: (-2, -2)), '["size_difference"]: expected (2, 2), got (-2, -2).\n  pad1 − pad0: height 9 − 7, width 8 − 6.'),
        (changed(size_difference=lambda pair: 2), "expected (2, 2), got 2."),
        (changed(mean_difference=lambda number: -number), "  pad0 − pad1: the mean at padding 0 minus the mean at padding 1."),
    ],
)
def test_a_wrong_part_is_named_with_the_reason(function, text):
    assert text in told(function)


def test_usual_mistakes_are_recognised():
    def without(what):
        def compare(weight, bias, x, stride=1):
            maps = [F.conv2d(x, weight, bias if what != "bias" else None, stride, padding) for padding in (0, 1)]
            pad0, pad1 = maps if what == "relu" else map(F.relu, maps)
            return compare_padding(weight, bias, x, stride) | {"pad0": stats(pad0), "pad1": stats(pad1)}

        return compare

    assert told(without("relu")).endswith("This is the mean before ReLU, with the negative values in it.")
    assert told(without("bias")).endswith("This is the mean without `bias`.")


def test_a_key_written_otherwise_is_found():
    def compare(weight, bias, x, stride=1):
        right = compare_padding(weight, bias, x, stride)
        right["pad_0"] = right.pop("pad0")
        return right

    assert told(compare).endswith("Did you mean `pad0` where you wrote `pad_0`?")


def test_a_stride_that_is_not_used_is_seen():
    def compare(weight, bias, x, stride=1):
        return compare_padding(weight, bias, x)

    assert "(9 + 2·0 − 1·(3−1) − 1)/2 + 1 = 4." in told(compare, stride=2)


def test_new_weights_are_seen():
    def compare(weight, bias, x, stride=1):
        return compare_padding(torch.randn_like(weight), bias, x, stride)

    assert "with the weights that the function is given." in told(compare)


def test_tensors_are_of_the_notebooks_default_dtype():
    def in_float64(weight, bias, x, stride=1):
        assert {weight.dtype, bias.dtype, x.dtype} == {torch.float64}
        return compare_padding(weight, bias, x, stride)

    try:
        torch.set_default_dtype(torch.float64)
        assert isinstance(padding_comparison(in_float64, WEIGHT, BIAS, X), Passed)
    finally:
        torch.set_default_dtype(torch.float32)


def test_the_function_gets_copies():
    def compare(weight, bias, x, stride=1):
        right = compare_padding(weight, bias, x, stride)
        for tensor in (weight, bias, x):
            tensor.zero_()
        return right

    before = [tensor.clone() for tensor in (WEIGHT, BIAS, X)]
    assert isinstance(padding_comparison(compare, WEIGHT, BIAS, X), Passed)
    assert all(map(torch.equal, before, (WEIGHT, BIAS, X)))
