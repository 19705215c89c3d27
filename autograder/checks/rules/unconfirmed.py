"""Rules that rest on what the student's process says of itself, for what no trace and no comparison can tell."""

import inspect
from collections.abc import Callable
from typing import Any

from autograder.checks import subject
from autograder.checks.messages import Message, _
from autograder.checks.rules.calls import plain_answer
from autograder.checks.rules.rule import Judging, Rule
from autograder.checks.verdicts import Passed, Verdict

Question = Callable[..., Any]


class UnconfirmedRule(Rule):
    """A rule whose `question` is asked in the student's process; it judges the answer."""

    def __init__(self, *rule: Any, question: Question) -> None:
        super().__init__(*rule)
        self.question = question


def unconfirmed_rule(checked: Message, says: Message, question: Question) -> Callable[[Judging], UnconfirmedRule]:
    """Makes a rule of a function that judges what a question found of an answer.

    Both are given what the test gives besides the answer. What the question returns arrives as plain data, with its
    tensors whole. The student's process may say what it likes: nobody confirms it, and a passed verdict says so.
    """

    def decorate(judge: Judging) -> UnconfirmedRule:
        def judge_told(value: Any, *arguments: Any, **options: Any) -> Verdict:
            told = subject.ask_for_rule(judge.__name__, question, value, arguments, options)
            found = plain_answer(checked, _("expected an answer that runs"), value, told)
            verdict = judge(found, *arguments, **options)
            return Passed(verdict.checked, _on_its_word(verdict)) if isinstance(verdict, Passed) else verdict

        asked, *_of_the_test = inspect.signature(question).parameters.values()
        _found, *own = inspect.signature(judge).parameters.values()
        signature = inspect.Signature([asked, *own])
        return UnconfirmedRule(judge_told, checked, says, judge.__name__, signature, question=question)

    return decorate


def _on_its_word(verdict: Passed) -> Message:
    return _("{found} (as your notebook says of itself; nobody has confirmed it)", found=verdict.found)
