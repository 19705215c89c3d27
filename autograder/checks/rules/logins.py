"""The login that a student has written, and the task that belongs to it."""

from collections.abc import Sequence
from typing import Any, TypeVar

from autograder.checks import subject
from autograder.checks.messages import _
from autograder.checks.rules.calls import got_value
from autograder.checks.rules.rule import Decided
from autograder.checks.verdicts import Failed, Unanswered
from autograder.tasks import drawn, normalised
from autograder.tasks.login import LOGIN

EMPTY = _("Write your login between the quotes in the cell with `login`, and run it.")
Task = TypeVar("Task")


def login_of(login: Any) -> str:
    """The login; Decided where it is not written yet, or is no text."""
    value = subject.value_of(login)
    if value is None or (type(value) is str and not normalised(value)):
        raise Decided(Unanswered(LOGIN, (EMPTY,)))
    if type(value) is not str:
        raise Decided(Failed(f"`{LOGIN}`", _("expected a string"), got_value(value), (EMPTY,)))
    return value


def drawn_task(login: Any, tasks: Sequence[Task], purpose: str) -> Task:
    """The task of these that belongs to the login, as `drawn` finds it; Decided where there is no login."""
    return drawn(login_of(login), tasks, purpose)
