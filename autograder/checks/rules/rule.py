"""What all rules have in common."""

import functools
from collections.abc import Callable
from typing import Any

from autograder.checks.messages import Message
from autograder.checks.subject import reproducible
from autograder.checks.verdicts import Unknown, Verdict
from autograder.network import CannotReplay


class Decided(Exception):
    """Ends a rule early with its verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict


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
            except CannotReplay as error:
                return Unknown(checked, str(error))

        judge.__doc__ = str(says)
        judge.says = says
        return judge

    return decorate
