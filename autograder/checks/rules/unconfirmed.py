"""Rules that rest on what the student's process says of itself, for what no trace and no comparison can tell."""

import inspect
from collections.abc import Callable
from typing import Any

from autograder.checks.calling import ask_for_rule
from autograder.checks.messages import Message, _
from autograder.checks.rules.calls import plain_answer
from autograder.checks.rules.rule import Judging, Rule, require_told
from autograder.checks.verdicts import Passed, Verdict

Question = Callable[..., Any]


class UnconfirmedRule(Rule):
    """A rule whose `question` is asked in the student's process; `judge_found` judges the answer."""

    def __init__(self, judge_found: Judging, checked: Message, says: Message, question: Question) -> None:
        self.question, self._judge_found = question, judge_found
        asked, *_of_the_test = inspect.signature(question).parameters.values()
        _found, *own = inspect.signature(judge_found).parameters.values()
        super().__init__(self._judge_value, checked, says, judge_found.__name__, inspect.Signature([asked, *own]))

    def _judge_value(self, value: Any, *arguments: Any, **options: Any) -> Verdict:
        told = ask_for_rule(self.__name__, self.question, value, arguments, options)
        found = plain_answer(self.checked, _("expected an answer that runs"), value, told)
        verdict = self._judge_found(found, *arguments, **options)
        return Passed(verdict.checked, _on_its_word(verdict)) if isinstance(verdict, Passed) else verdict


def unconfirmed_rule(
    checked: Message, says: Message | None = None, question: Question | None = None
) -> Callable[[Judging], UnconfirmedRule]:
    """Makes a rule of a function that judges what a question found of an answer.

    Both are given what the test gives besides the answer. What the question returns arrives as plain data, with its
    tensors whole. The student's process may say what it likes: nobody confirms it, and a passed verdict says so.
    """
    says = require_told(checked, says)
    if question is None:
        raise TypeError("an unconfirmed rule asks a question: a function, after its heading and its sentence")
    return lambda judge: UnconfirmedRule(judge, checked, says, question)


def _on_its_word(verdict: Passed) -> Message:
    return _("{found} (as your notebook says of itself; nobody has confirmed it)", found=verdict.found)
