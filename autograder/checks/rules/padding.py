"""The rule for the controlled comparison of padding 0 and padding 1."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

import torch
from torch.nn import functional as F

from autograder.checks.messages import _, some
from autograder.checks.plain_data import Opaque, Plain, described, same_number, same_value
from autograder.checks.rules.calls import call_text, expected_value, got_value, missing_return, returned
from autograder.checks.rules.rule import Decided, rule
from autograder.checks.subject import dtype_of
from autograder.checks.verdicts import Failed, Passed, Shown, Verdict
from autograder.network import arithmetic

COMPARISON = _("Comparison of padding 0 and 1")
KEYS = frozenset({"pad0", "pad1", "size_difference", "mean_difference", "name", "shape", "mean"})
MOST_KEYS = 8
EXPECTED = _("expected a dictionary with `pad0`, `pad1`, `size_difference` and `mean_difference`")


@dataclass(frozen=True)
class _Convolution:
    """What the student's function is given, and what follows from it."""

    weight: torch.Tensor
    bias: torch.Tensor | None
    x: torch.Tensor
    stride: int

    def output(self, padding: int, relu: bool = True, bias: bool = True) -> torch.Tensor:
        with torch.no_grad():
            output = F.conv2d(self.x, self.weight, self.bias if bias else None, self.stride, padding)
            return F.relu(output) if relu else output

    def mean(self, padding: int, **without: bool) -> float:
        return self.output(padding, **without).mean().item()


@rule(COMPARISON, _("The function compares one convolution, with the given weights, at padding 0 and at padding 1."))
def padding_comparison(
    function: Callable[..., dict[str, Any]],
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    x: torch.Tensor,
    stride: int = 1,
) -> Verdict:
    weight, x = weight.to(dtype_of(function)), x.to(dtype_of(function))
    bias = None if bias is None else bias.to(dtype_of(function))
    options = {"stride": stride} if stride != 1 else {}
    call = call_text(function, "weight", "None" if bias is None else "bias", "x", **options)
    copies = [None if tensor is None else tensor.detach().clone() for tensor in (weight, bias, x)]
    found = returned(call, EXPECTED, function, *copies, **options)
    if type(found) is not dict:
        return Failed(call, EXPECTED, got_value(found), missing_return(found))

    convolution = _Convolution(weight, bias, x, stride)
    for padding in (0, 1):
        name, where = f"pad{padding}", f'{call}["pad{padding}"]'
        _judge_statistics(_part(found, name, call), where, convolution, padding)
    (height0, width0), (height1, width1) = (convolution.output(padding).shape[2:] for padding in (0, 1))
    _require_pair(
        _part(found, "size_difference", call),
        f'{call}["size_difference"]',
        (height1 - height0, width1 - width0),
        _("pad1 − pad0: height {height1} − {height0}, width {width1} − {width0}.",
          height1=height1, height0=height0, width1=width1, width0=width0),
    )
    _require_number(
        _part(found, "mean_difference", call),
        f'{call}["mean_difference"]',
        convolution.mean(0) - convolution.mean(1),
        lambda: _("pad0 − pad1: the mean at padding 0 minus the mean at padding 1."),
    )
    return Passed(COMPARISON, _("sizes and means are right for {call}", call=call))


def _judge_statistics(found: Plain, where: str, convolution: _Convolution, padding: int) -> None:
    size, kernel_size = convolution.x.shape[2], convolution.weight.shape[2]
    sentence = arithmetic.output_size_sentence(size, kernel_size, convolution.stride, padding)
    _require_pair(
        _part(found, "shape", where),
        f'{where}["shape"]',
        tuple(convolution.output(padding).shape),
        f"padding={padding}: {sentence}.",
    )
    mean = _part(found, "mean", where)
    why = partial(_why_mean, mean, convolution, padding)
    _require_number(mean, f'{where}["mean"]', convolution.mean(padding), why)


def _part(found: Plain, key: str, where: str) -> Plain:
    expected = _("expected a dictionary with the key `{key}`", key=key)
    if type(found) is not dict:
        is_tensor = isinstance(found, Opaque) and found.kind.startswith("Tensor")
        made_by = [_("`stats` makes the dictionary of a tensor's shape and mean.")] if is_tensor else []
        raise Decided(Failed(where, expected, got_value(found), tuple(made_by)))
    if key not in found:
        near = get_close_matches(key, [name for name in found if type(name) is str and name not in KEYS], n=1)
        why = [_("Did you mean `{key}` where you wrote `{written}`?", key=key, written=near[0])] if near else []
        got = _("got the keys {keys}", keys=_quoted(found)) if found else got_value(found)
        raise Decided(Failed(where, expected, got, tuple(why)))
    return found[key]


def _quoted(found: dict[Any, Plain]) -> tuple[str, ...]:
    keys = [f"`{key}`" if type(key) is str and key.isprintable() and len(key) < 60 else described(key) for key in found]
    return some(keys, MOST_KEYS)


def _require_pair(found: Plain, where: str, truth: tuple[int, ...], why: Shown) -> None:
    if not same_value(found, truth):
        raise Decided(Failed(where, expected_value(truth), got_value(found), (why,)))


def _require_number(found: Plain, where: str, truth: float, why: Callable[[], Shown]) -> None:
    if not same_number(found, truth):
        raise Decided(Failed(where, expected_value(truth), got_value(found), (why(),)))


def _why_mean(found: Plain, convolution: _Convolution, padding: int) -> Shown:
    if same_number(found, convolution.mean(padding, relu=False)):
        return _("This is the mean before ReLU, with the negative values in it.")
    if same_number(found, convolution.mean(padding, bias=False)):
        return _("This is the mean without `bias`.")
    return _(
        "This should be the mean of F.relu(F.conv2d(x, weight, bias, stride={stride}, padding={padding})) "
        "with the weights that the function is given.",
        stride=convolution.stride,
        padding=padding,
    )
