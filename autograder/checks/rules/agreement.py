"""A rule for any function whose values can be found in another way: by counting, by running, by a gradient."""

from collections.abc import Callable, Sequence
from typing import Any

from autograder.checks.calling import call_each
from autograder.checks.messages import _, ngettext
from autograder.checks.plain_data import plain, same_value
from autograder.checks.rules.calls import (
    call_text,
    expected_value,
    got_value,
    missing_return,
    plain_answer,
    require_function,
)
from autograder.checks.rules.rule import rule
from autograder.checks.verdicts import Failed, Passed, Verdict

AGREEMENT = _("Your function")


@rule(AGREEMENT, _("The function gives in each case what is found in another way."))
def agrees(
    function: Callable[..., Any],
    truth: Callable[..., Any],
    cases: Sequence[Sequence[Any]],
    why: Callable[..., str] | None = None,
) -> Verdict:
    """The arguments of each case are plain data; `why` gives for them the arithmetic that a wrong value is told."""
    require_function(function)
    answers = call_each(function, [(tuple(case), {}) for case in cases])
    for case, answer in zip(cases, answers, strict=False):  # none after a call that failed
        text, expected = call_text(function, *case), plain(truth(*case))
        found = plain_answer(text, expected_value(expected), function, answer)
        if not same_value(found, expected):
            reason = (why(*case),) if why else ()
            return Failed(text, expected_value(expected), got_value(found), (*reason, *missing_return(found)))
    return Passed(AGREEMENT, ngettext("right in {count} case", "right in all {count} cases", len(cases)))
