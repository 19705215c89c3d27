"""What all rules have in common."""

import inspect
from collections.abc import Callable
from typing import Any

from autograder.checks.messages import Message, _
from autograder.checks.rules.telling import not_replayed
from autograder.checks.subject import reproducible
from autograder.checks.verdicts import Failed, Verdict
from autograder.network import CannotReplay, NotEvidence

Judging = Callable[..., Verdict]


class Decided(Exception):
    """Ends a rule early with its verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict


class Rule:
    """A rule: `checked` heads its verdicts, `says` is the sentence that a student reads in its help."""

    def __init__(
        self, judge: Judging, checked: Message, says: Message, name: str, signature: inspect.Signature
    ) -> None:
        self._judge = judge
        self.checked, self.says = checked, says
        self.__name__, self.__doc__ = name, str(says)
        self.__signature__ = signature

    def __call__(self, *arguments: Any, **options: Any) -> Verdict:
        try:
            with reproducible():
                return self._judge(*arguments, **options)
        except Decided as decided:
            return decided.verdict
        except NotEvidence:
            return unconfirmed(self.checked)
        except CannotReplay as error:
            return not_replayed(self.checked, error.args[0])


def require_told(checked: Message, says: Message | None) -> Message:
    """The sentence of a rule; TypeError where heading or sentence are not as `_` makes them."""
    if not isinstance(checked, Message) or not isinstance(says, Message):
        raise TypeError('a rule begins with a heading and a sentence, each in _(): @rule(_("Size"), _("It is even."))')
    return says


def rule(checked: Message, says: Message | None = None) -> Callable[[Judging], Rule]:
    """Makes a rule of a function that gives a verdict."""
    says = require_told(checked, says)
    return lambda judge: Rule(judge, checked, says, judge.__name__, inspect.signature(judge))


def unconfirmed(checked: Message, expected: Message | None = None) -> Failed:
    """The verdict on a network whose trace is no evidence."""
    return Failed(
        checked,
        expected or _("expected a network that can be followed"),
        _("but the record of what it executes could not be confirmed"),
        (_("Its operators, executed again on the same images, give another output: does it draw random numbers?"),),
    )
