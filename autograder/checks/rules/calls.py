"""What a student's function answered to a call, or the verdict where it did not answer."""

from collections.abc import Callable
from typing import Any

from autograder.checks import subject
from autograder.checks.calling import call, call_on_tensors
from autograder.checks.messages import Message, _
from autograder.checks.plain_data import Plain, WithTensors, described
from autograder.checks.raised import Raised
from autograder.checks.rules.rule import Decided
from autograder.checks.rules.stops import why_raised
from autograder.checks.verdicts import Failed, Shown, Unanswered


def call_text(function: Callable[..., Any], *arguments: Any, **options: Any) -> str:
    """The call as it is written in a notebook."""
    shown = [*map(str, arguments), *(f"{name}={value}" for name, value in options.items())]
    return f"{subject.name_of(function)}({', '.join(shown)})"


def returned(text: str, expected: Message, function: Callable[..., Any], *arguments: Any, **options: Any) -> Plain:
    """What the call returns; decided where there is no function, or the function raises."""
    require_function(function)
    return plain_answer(text, expected, function, call(function, *arguments, **options))


def returned_whole(
    text: Shown, expected: Message, function: Callable[..., Any], *arguments: Any, **options: Any
) -> WithTensors:
    """What the call returns, its tensors whole; decided where there is no function, or the function raises."""
    require_function(function)
    return plain_answer(text, expected, function, call_on_tensors(function, *arguments, **options))


def require_function(function: Any) -> None:
    """Decided where the student gave something else."""
    if not subject.is_callable(function):
        raise Decided(Failed(_("Answer"), _("expected a function"), got_type(subject.kind_of(function))))


def plain_answer(
    text: Shown,
    expected: Message,
    function: Callable[..., Any],
    found: Plain | Raised | subject.Lost,
    why_in_order: tuple[Shown, ...] = (),
) -> Plain:
    """What a call gave; decided where it gave nothing."""
    if isinstance(found, subject.Lost):
        raise Decided(Failed(text, expected, _("but {lost}", lost=found.told)))
    if not isinstance(found, Raised):
        return found
    if found.is_stub:
        raise Decided(Unanswered(subject.name_of(function)))
    why = (*why_raised(found), *why_in_order)
    raise Decided(Failed(text, expected, _("got an error, {error}", error=str(found)), why))


def expected_value(value: Plain) -> Message:
    return _("expected {value}", value=_shown(value))


def got_value(value: Plain) -> Message:
    if type(value) is str:
        return _("got the string {value}", value=_shown(value))
    return _("got {value}", value=_shown(value))


def got_type(name: str) -> Message:
    return _("got an object of type `{name}`", name=name)


def missing_return(value: Plain) -> tuple[Shown, ...]:
    """A hint for a function that gave nothing back."""
    if value is not None:
        return ()
    return (_("Does the function end with `return`? `print` shows a value, `return` gives it back."),)


def _shown(value: Plain) -> int | str:
    return value if type(value) is int else described(value)
