"""Rules for functions that compute a formula of the convolution, against PyTorch itself."""

import functools
import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks.calling import call_each
from autograder.checks.messages import Message, _, ngettext
from autograder.checks.plain_data import Plain, same_number
from autograder.checks.rules.calls import (
    call_text,
    expected_value,
    got_value,
    missing_return,
    plain_answer,
    require_function,
)
from autograder.checks.rules.rule import rule
from autograder.checks.seeds import derived
from autograder.checks.subject import seed_of
from autograder.checks.verdicts import Failed, Passed, Shown, Verdict
from autograder.network import arithmetic
from autograder.network.arithmetic import exact_output_size

OUTPUT_SIZE = _("Formula of the output size")
PARAMETERS = _("Formula of the number of parameters")
SIZE_DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1}
PARAMETER_DEFAULTS = {"groups": 1, "bias": True}
Mistakes = tuple[tuple[Callable[..., int], Message], ...]  # how they compute, and what is said of it
MOST_DRAWS = 100  # for one sample: where so many are none that PyTorch takes, the next are not, either


@rule(OUTPUT_SIZE, _("The function gives the size of a convolution's output as PyTorch does, and as a whole number."))
def output_size(
    function: Callable[..., int],
    sizes: Sequence[int] = (32,),
    kernel_sizes: Sequence[int] = (1, 2, 3),
    strides: Sequence[int] = (1, 2),
    paddings: Sequence[int] = (0, 1),
    dilations: Sequence[int] = (1,),
    samples: int | None = None,
) -> Verdict:
    """All combinations of the values; or so many `samples` of them, drawn anew for each submission."""
    cases = _cases(function, (sizes, kernel_sizes, strides, paddings, dilations), samples, _size_case)
    answers = _answers(function, cases, SIZE_DEFAULTS)
    for case, text, found in _returned(function, answers, SIZE_DEFAULTS):
        if type(found) is not int or found != case.truth:
            sentence = arithmetic.output_size_sentence(*case.arguments, **case.options)
            without = _not_used(_pytorch_output_size, answers, SIZE_DEFAULTS.items())
            named = _named(SIZE_MISTAKES, answers)
            why = (f"{sentence}.", *named, *_not_whole(found), *without, *_in_order(case), *missing_return(found))
            return Failed(text, expected_value(case.truth), got_value(found), why)
    return Passed(OUTPUT_SIZE, _agreed(len(cases)))


@rule(PARAMETERS, _("The function gives the number of parameters of a convolution as `nn.Conv2d` itself has them."))
def conv2d_parameters(
    function: Callable[..., int],
    in_channels: Sequence[int] = (3,),
    out_channels: Sequence[int] = (32,),
    kernel_sizes: Sequence[int] = (3,),
    groups: Sequence[int] = (1,),
    bias: Sequence[bool] = (True, False),
    samples: int | None = None,
) -> Verdict:
    """All combinations of the values; or so many `samples` of them, drawn anew for each submission."""
    cases = _cases(function, (in_channels, out_channels, kernel_sizes, groups, bias), samples, _parameter_case)
    answers = _answers(function, cases, PARAMETER_DEFAULTS)
    for case, text, found in _returned(function, answers, PARAMETER_DEFAULTS):
        if not same_number(found, case.truth, tolerance=0):
            channels_in, channels_out, kernel_size = case.arguments
            layer = channels_in, channels_out, kernel_size, case.options["groups"], bool(case.options["bias"])
            sentence = arithmetic.convolution_parameters_sentence(*layer)
            without = _not_used(_pytorch_parameters, answers, (("groups", 1), ("bias", True), ("bias", False)))
            named = _named(PARAMETER_MISTAKES, answers)
            why = (f"{sentence}.", *named, *without, *_in_order(case), *missing_return(found))
            return Failed(text, expected_value(case.truth), got_value(found), why)
    return Passed(PARAMETERS, _agreed(len(cases)))


@dataclass(frozen=True)
class _Case:
    """Values that the student's function is called with, and what it should return."""

    arguments: tuple[int, ...]
    options: dict[str, int]
    truth: int
    by_position: bool = False

    def call(self, defaults: dict[str, int]) -> tuple[tuple[int, ...], dict[str, int]]:
        """Names only what a call must say, so that the function's own defaults are judged as well."""
        if self.by_position:
            return (*self.arguments, *self.options.values()), {}
        return self.arguments, {name: value for name, value in self.options.items() if value != defaults[name]}


def _size_case(size: int, kernel_size: int, *rest: int) -> _Case | None:
    """None where the kernel is larger than its padded input."""
    options = dict(zip(SIZE_DEFAULTS, rest, strict=True))
    if size + 2 * options["padding"] < options["dilation"] * (kernel_size - 1) + 1:
        return None
    return _Case((size, kernel_size), options, _pytorch_output_size(size, kernel_size, **options))


def _parameter_case(in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool) -> _Case | None:
    """None where the channels can't be split into so many groups."""
    if in_channels % groups or out_channels % groups:
        return None
    layer, options = (in_channels, out_channels, kernel_size), {"groups": groups, "bias": bias}
    return _Case(layer, options, _pytorch_parameters(*layer, **options))


def _cases(
    function: Any, values: Sequence[Sequence[int]], samples: int | None, case_of: Callable[..., _Case | None]
) -> list[_Case]:
    """The cases that PyTorch takes: of all combinations, or as many as asked for, drawn by the function's seed."""
    if samples is None:
        return [case for each in product(*values) if (case := case_of(*each))]
    source = random.Random(derived(seed_of(function), case_of.__name__))
    found: dict[tuple[int, ...], _Case] = {}
    for _try in range(MOST_DRAWS * samples):
        each = tuple(map(source.choice, values))
        if each not in found and (case := case_of(*each)):
            found[each] = case
        if len(found) == samples:
            break
    return list(found.values())


def _answers(function: Callable[..., int], cases: list[_Case], defaults: dict[str, int]) -> list[tuple[_Case, Any]]:
    """Each case with what the function answered, up to the first that it failed to answer.

    The case with the most different values, which tells most orders apart, comes once more without names.
    """
    require_function(function)
    by_position = [replace(max(cases, key=_different_values), by_position=True)] if cases else []
    tried = [*cases, *by_position]
    calls = [case.call(defaults) for case in tried]
    return list(zip(tried, call_each(function, calls), strict=False))


def _returned(
    function: Callable[..., int], answers: list[tuple[_Case, Any]], defaults: dict[str, int]
) -> Iterator[tuple[_Case, str, Plain]]:
    """Each case with its call as text and what the function returned; decided where it fails to return."""
    for case, found in answers:
        arguments, options = case.call(defaults)
        text = call_text(function, *arguments, **options)
        yield case, text, plain_answer(text, expected_value(case.truth), function, found, tuple(_in_order(case)))


def _different_values(case: _Case) -> int:
    return len({*case.arguments, *case.options.values()})


def _in_order(case: _Case) -> Iterator[Shown]:
    if case.by_position:
        order = ", ".join(case.options)
        yield _("With named arguments it is right: are they still in the order given, …, {order}?", order=order)


@functools.lru_cache(maxsize=10_000)
def _pytorch_output_size(size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    row, kernel = torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size)
    return F.conv1d(row, kernel, stride=stride, padding=padding, dilation=dilation).shape[-1]


@functools.lru_cache(maxsize=10_000)
def _pytorch_parameters(in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool) -> int:
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, groups=groups, bias=bias, device="meta")
    return sum(tensor.numel() for tensor in layer.parameters())


def _not_used(
    truth: Callable[..., int], answers: list[tuple[_Case, Any]], values: Iterable[tuple[str, int]]
) -> tuple[Shown, ...]:
    """A hint where each answer is right for one value of an argument: the function does not use it."""
    for name, value in values:
        if all(_is_right_for(case, found, truth, {name: value}) for case, found in answers):
            given = f"{name}={value}"
            return (_("This is the result for {value}: does the function use `{name}`?", value=given, name=name),)
    return ()


def _is_right_for(case: _Case, found: Any, truth: Callable[..., int], option: dict[str, int]) -> bool:
    try:
        return same_number(found, truth(*case.arguments, **case.options | option), tolerance=0)
    except RuntimeError:  # PyTorch takes no kernel that is larger than its input
        return True


def _not_whole(found: Plain) -> Iterator[Shown]:
    if type(found) is float:
        yield _("A size is a whole number: `//` divides and rounds down, `/` gives a float.")
    if type(found) is bool:
        yield _("A size is a whole number, not True or False.")


def _named(mistakes: Mistakes, answers: list[tuple[_Case, Any]]) -> tuple[Shown, ...]:
    """The mistake that explains every answer, if there is one."""
    told = (
        message
        for mistaken, message in mistakes
        if all(same_number(found, mistaken(*case.arguments, **case.options), tolerance=0) for case, found in answers)
    )
    return tuple(itertools.islice(told, 1))


SIZE_MISTAKES: Mistakes = (
    (
        lambda size, *case, padding, **options: arithmetic.output_size(size + padding, *case, **options),
        _("Padding is added on both sides: 2·padding."),
    ),
    (
        lambda *case, **options: floor(exact_output_size(*case, **options) - 1 + Fraction(1, options["stride"])),
        _("The + 1 belongs after the division: the first window is there before the first step."),
    ),
    (
        lambda *case, **options: arithmetic.output_size(*case, **options) - 1,
        _("One is missing: after so many steps there is one window more, hence the + 1."),
    ),
    (
        lambda *case, **options: floor(exact_output_size(*case, **options) + Fraction(1, options["stride"])),
        _("The kernel spans dilation·(kernel_size − 1) + 1 pixels: is this + 1 subtracted as well?"),
    ),
    (
        lambda *case, **options: round(exact_output_size(*case, **options)),
        _("`round` goes to the nearest number; a step that does not fit whole is dropped: `//` rounds down."),
    ),
    (
        lambda *case, **options: ceil(exact_output_size(*case, **options)),
        _("This is rounded up; a step that does not fit whole is dropped: `//` rounds down."),
    ),
)
PARAMETER_MISTAKES: Mistakes = (
    (
        lambda i, o, k, groups, bias: arithmetic.convolution_parameters(i, o, k, groups, bias=False) + bool(bias),
        _("The bias is one number for each output channel, not one for all."),
    ),
    (
        lambda i, o, k, groups, bias: arithmetic.convolution_parameters(i, o, k, groups, bias=False) + i * bool(bias),
        _("The bias is one number for each output channel, not for each input channel."),
    ),
    (
        lambda i, o, k, groups, bias: arithmetic.convolution_parameters(i, o, (k, 1), groups, bias),
        _("A kernel has kernel_size·kernel_size weights for each input channel: the square is missing."),
    ),
    (
        lambda i, o, k, groups, bias: arithmetic.convolution_parameters(i, o, (k ^ 2, 1), groups, bias),
        _("In Python a power is written `k ** 2`; `k ^ 2` is another operation, on bits."),
    ),
)


def _agreed(tried: int) -> Shown:
    if not tried:
        raise ValueError("PyTorch takes none of these values: nothing was checked")
    return ngettext("agrees with PyTorch in {count} case", "agrees with PyTorch in all {count} cases", tried)
