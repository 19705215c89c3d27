"""Calling what a student wrote, in a notebook or through a handle: what comes back is plain data."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import torch

from autograder.checks.handles import Handle
from autograder.checks.inputs import Drawn, generator
from autograder.checks.losses import Lost
from autograder.checks.plain_data import Plain, WithTensors, plain, with_tensors
from autograder.checks.raised import Raised
from autograder.checks.subject import STUDENTS_OWN, dtype_of, question, reproducible, seed_of
from autograder.network import Recipe

Call = tuple[tuple[Any, ...], dict[str, Any]]  # positional and named arguments
Copied = TypeVar("Copied")
LAB_QUESTION = "lab_question"  # the request for what a rule of the lab's own asks


def call(function: Any, *arguments: Any, **options: Any) -> Plain | Raised | Lost:
    """What the function returns, as plain data; a recipe among the arguments reaches it as the network it names."""
    return call_each(function, [(arguments, options)])[0]


def call_each(function: Any, calls: Sequence[Call]) -> list[Plain | Raised | Lost]:
    """What the function returns for each of the arguments and options, up to the first call that fails."""
    found = _call_each(function, list(calls))
    if isinstance(found, Lost | Raised):
        return [found]
    answered = len(found) == len(calls) or (found and len(found) < len(calls) and isinstance(found[-1], Raised))
    return found if answered else [function.distrust()]


@question(list, Raised)
def _call_each(function: Any, calls: list[Call]) -> list[Plain | Raised]:
    found: list[Plain | Raised] = []
    for arguments, options in calls:
        found.append(_returned(plain, function, arguments, options))
        if isinstance(found[-1], Raised):
            break
    return found


def call_on_tensors(function: Any, *arguments: Any, **options: Any) -> WithTensors | Raised | Lost:
    """What the function returns, as `call` tells it, but with its tensors whole."""
    found = _call_on_tensors(function, arguments, options)
    if isinstance(found, Raised | Lost):
        return found
    return with_tensors(found[0]) if len(found) == 1 else function.distrust()


@question(list, Raised)
def _call_on_tensors(function: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> list[WithTensors] | Raised:
    found = _returned(with_tensors, function, arguments, options)
    return found if isinstance(found, Raised) else [found]


def ask_for_rule(
    rule: str, question: Callable[..., Any], value: Any, arguments: tuple[Any, ...], options: dict[str, Any]
) -> WithTensors | Raised | Lost:
    """What a question of a lab's own `rule` finds of an answer; a handle's process finds the question by the rule."""
    if isinstance(value, Handle):
        found = value.ask(LAB_QUESTION, rule, arguments, options)
        return found if isinstance(found, Raised | Lost) else with_tensors(found)
    with reproducible():
        return answer_to(question, value, arguments, options)


def answer_to(
    question: Callable[..., Any], value: Any, arguments: tuple[Any, ...], options: dict[str, Any]
) -> WithTensors | Raised:
    """What a question of a lab's own finds of an object that is here."""
    return _returned(with_tensors, functools.partial(question, value), arguments, options)


def _returned(
    copied: Callable[[Any], Copied], function: Callable[..., Any], arguments: Sequence[Any], options: dict[str, Any]
) -> Copied | Raised:
    """What the function returns, `copied` as plain data, or the error that it raised."""
    try:
        return copied(function(*built(arguments), **options))
    except STUDENTS_OWN as error:
        return Raised.by(error)


def built(arguments: Sequence[Any]) -> list[Any]:
    """The arguments of a call, with the networks that recipes among them name."""
    return [each.build() if isinstance(each, Recipe) else each for each in arguments]


def drawn_for(answer: Any, inputs: Sequence[Drawn]) -> tuple[torch.Tensor, ...]:
    """The tensors of these recipes, each another: the same each time for one submission, and other ones for another."""
    source, dtype = generator(seed_of(answer), "inputs"), dtype_of(answer)
    return tuple(recipe.draw(source, dtype) for recipe in inputs)
