"""The rules for tasks of one's own: the conditions of several rules, at the numbers that belong to a login."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from autograder.checks.inputs import Inputs, Normal
from autograder.checks.messages import Message, _, one_line
from autograder.checks.rules.counting import parameter_budget
from autograder.checks.rules.fields import receptive_field
from autograder.checks.rules.logins import login_of
from autograder.checks.rules.networks import depends_on_input, output_shape, sizes_by_convolution_and_pooling
from autograder.checks.rules.observed import Asked, NetworkClass
from autograder.checks.rules.on_the_way import (
    convolutions,
    kernel_sizes,
    pointwise_reduction,
    without_padding,
)
from autograder.checks.rules.rule import rule
from autograder.checks.rules.running import BATCH_SIZES, IMAGE, NetworkRule, Seen, judged
from autograder.checks.rules.sizes import by, size_through
from autograder.checks.verdicts import Failed, Passed, Shown, Verdict
from autograder.network import CannotReplay, Trace
from autograder.network.field import growth
from autograder.tasks import BudgetTask, SizeTask, own_budget_task, own_size_task
from autograder.tasks.budget import budget_tasks
from autograder.tasks.size import size_tasks

SIZE = _("Own task, size")
BUDGET = _("Own task, parameters")
Conditions = tuple[tuple[NetworkRule, dict[str, Any]], ...]


@rule(SIZE, _("The network fits the numbers of this login: shape, number of convolutions, kernels, no padding at all."))
def own_size(network_class: NetworkClass, login: str, batch_sizes: Sequence[int] = BATCH_SIZES) -> Verdict:
    task = own_size_task(login_of(login))
    conditions: Conditions = (
        (output_shape, {"size": task.output_shape, "may_change": ()}),  # to find a change that helps is the task
        (sizes_by_convolution_and_pooling, {}),
        (depends_on_input, {}),
        (convolutions, {"at_least": 1, "at_most": task.convolutions}),
        (kernel_sizes, {"at_most": task.kernel_size}),
        (without_padding, {}),
    )
    own = _Own(SIZE, login, _size_text(task), task.channels, _another_size)
    return _together(network_class, own, conditions, batch_sizes, task.input_shape)


@rule(BUDGET, _("The network fits the numbers of this login: shape, receptive field, budget, a 1×1 that narrows."))
def own_budget(network_class: NetworkClass, login: str, batch_sizes: Sequence[int] = BATCH_SIZES) -> Verdict:
    task = own_budget_task(login_of(login))
    conditions: Conditions = (
        (output_shape, {"size": task.output_shape}),
        (depends_on_input, {}),
        (parameter_budget, {"budget": task.budget}),
        (pointwise_reduction, {}),
        (receptive_field, {"at_least": task.receptive_field}),
    )
    own = _Own(BUDGET, login, _budget_text(task), task.channels, _another_budget)
    return _together(network_class, own, conditions, batch_sizes, IMAGE)


@dataclass(frozen=True)
class _Own:
    """Whose task it is, its numbers as a text, its channels, and what task of so many others a network solves."""

    checked: Message
    login: str
    text: Message
    channels: int
    another: Callable[[Trace, int], Message | None]


def _together(
    network_class: NetworkClass,
    own: _Own,
    conditions: Conditions,
    batch_sizes: Sequence[int],
    input_shape: tuple[int, ...],
) -> Verdict:
    """The first condition's verdict that is not passed, with the numbers that were asked; or one that all are."""

    def judge(seen: Seen) -> Verdict:
        for condition, options in conditions:
            verdict = condition.judge_seen(seen, **options)
            if isinstance(verdict, Failed):
                return replace(verdict, why=(*verdict.why, *_whose(own, seen.trace)))
            if not isinstance(verdict, Passed):
                return verdict
        return Passed(own.checked, own.text)

    def expected(_batch_size: int) -> Message:
        return _("expected a network for {task}", task=own.text)

    return judged(network_class, own.checked, judge, batch_sizes, Asked(Inputs.of(Normal(input_shape))), expected)


def _whose(own: _Own, trace: Trace) -> Iterator[Shown]:
    yield _("The numbers of the login `{login}`: {task}.", login=one_line(own.login, 40), task=own.text)
    channels = next(iter((trace.output_shape or ())[1:]), 0)
    with suppress(CannotReplay):  # of what no replay can execute, it can't be told whose task it solves
        if channels != own.channels and (another := own.another(trace, channels)):
            yield _(
                "The network fits the numbers of another login: {task}. Is `login` yours, and the network made for it?",
                task=another,
            )


def _size_text(task: SizeTask) -> Message:
    return _("{size} → {output}, at most {count} convolutions", size=by(task.input_shape),
             output=by(task.output_shape), count=task.convolutions)  # fmt: skip


def _budget_text(task: BudgetTask) -> Message:
    field = task.receptive_field, task.receptive_field
    return _("output {output}, receptive field {field}, at most {budget} parameters",
             output=by(task.output_shape), field=by(field), budget=task.budget)  # fmt: skip


def _another_size(trace: Trace, channels: int) -> Message | None:
    """The task of so many channels that the network solves if its input is of that task's size."""
    for task in size_tasks():
        if task.channels == channels and size_through(task.size, trace) == task.output:
            return _size_text(task)
    return None


def _another_budget(trace: Trace, channels: int) -> Message | None:
    """The task of so many channels that the network solves, of several the one that asks most."""
    field, needed = min(growth(trace, trace.on_the_way).size), trace.parameter_bounds.at_least
    for task in reversed(budget_tasks()):
        if task.channels == channels and task.budget >= needed and task.receptive_field <= field:
            return _budget_text(task)
    return None
