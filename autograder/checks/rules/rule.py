"""What all rules have in common."""

import functools
from collections.abc import Callable
from typing import Any

from autograder.checks.messages import Message, _
from autograder.checks.subject import reproducible
from autograder.checks.verdicts import Failed, Unknown, Verdict
from autograder.network import CannotReplay, NotEvidence


class Decided(Exception):
    """Ends a rule early with its verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict


def unconfirmed(checked: Message, expected: Message | None = None) -> Failed:
    """The verdict on a network whose trace is no evidence."""
    return Failed(
        checked,
        expected or _("expected a network that can be followed"),
        _("but the record of what it executes could not be confirmed"),
        (_("Its operators, executed again on the same images, give another output: does it draw random numbers?"),),
    )


def rule(checked: Message, says: Message) -> Callable[[Callable[..., Verdict]], Callable[..., Verdict]]:
    """Makes a rule: `checked` heads its verdicts, `says` is the sentence that a student reads in its help."""

    def decorate(function: Callable[..., Verdict]) -> Callable[..., Verdict]:
        @functools.wraps(function)
        def judge(*arguments: Any, **options: Any) -> Verdict:
            try:
                with reproducible():
                    return function(*arguments, **options)
            except Decided as decided:
                return decided.verdict
            except NotEvidence:
                return unconfirmed(checked)
            except CannotReplay as error:
                return Unknown(checked, error.args[0])  # a message, or words that PyTorch could have said

        judge.__doc__ = str(says)
        judge.checked, judge.says = checked, says
        return judge

    return decorate
