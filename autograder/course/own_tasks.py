"""Proof that tasks of one's own can be done and not got round: right and wrong networks, judged for many logins."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from autograder.checks.messages import _
from autograder.checks.rules import own_budget, own_size
from autograder.checks.verdicts import Failed, Passed, Verdict
from autograder.course.faults import Fault
from autograder.course.kept import Kept
from autograder.course.proofs import Proof, proved_once
from autograder.network import Recipe
from autograder.tasks import BudgetTask, SizeTask, budget, own_budget_task, own_size_task, size
from autograder.tasks.login import LOGIN

LOGINS = 200
AT_ONCE = 25  # logins of a proof
FEWEST_SOLUTIONS, FEWEST_TASKS = 3, 100
ONCE = (1,)  # batch sizes: the networks do the same for each
Task = SizeTask | BudgetTask
Networks = Mapping[str, Recipe]
KINDS: dict[str, Callable[[str], Task]] = {"own_size": own_size_task, "own_budget": own_budget_task}
RULES = {"own_size": own_size, "own_budget": own_budget}


def drawn_logins(count: int = LOGINS) -> list[str]:
    """As many logins, the same each time."""
    source = random.Random(count)
    return [f"student{source.randrange(10**9)}" for _number in range(count)]


def own_rules(tests: Iterable[str]) -> list[str]:
    """The rules by which these test cells judge tasks of a student's own."""
    written = list(tests)
    return [rule for rule in RULES if any(f"check.{rule}(" in test for test in written)]


def own_task_proofs(rules: Iterable[str], kept: Kept, processes: Executor) -> list[Proof]:
    """That the tasks of many logins are as they should be, some logins a proof, judged in one of the processes."""
    logins = drawn_logins()
    return [
        *(partial(too_few_tasks, rule, logins) for rule in rules),
        *(
            partial(_kept_proof, rule, logins[first : first + AT_ONCE], kept, processes)
            for rule in rules
            for first in range(0, len(logins), AT_ONCE)
        ),
    ]


def _kept_proof(rule: str, logins: Sequence[str], kept: Kept, processes: Executor) -> list[Fault]:
    def prove_now() -> list[Fault]:
        return processes.submit(own_task_faults, rule, logins).result()

    return proved_once(prove_now, kept, Path("own-tasks", rule, logins[0]), logins)


def too_few_tasks(rule: str, logins: Sequence[str]) -> list[Fault]:
    """A fault where too many of the logins have one task."""
    tasks = set(map(KINDS[rule], logins))
    few = len(tasks) < min(FEWEST_TASKS, len(logins) // 2)
    return [_fault(rule, "", f"{len(logins)} logins have {len(tasks)} tasks")] if few else []


def own_task_faults(rule: str, logins: Sequence[str]) -> list[Fault]:
    """What is wrong with the tasks that the rule asks these logins, each task judged once."""
    faults = []
    tasks = list({KINDS[rule](login): login for login in logins}.items())
    for place, (task, login) in enumerate(tasks):
        another, _login = tasks[place - 1]
        for name, verdict in verdicts(rule, login, task, another):
            expected = Passed if name == "right" else Failed
            if not isinstance(verdict, expected):
                faults.append(_fault(rule, login, f"{name}: {verdict}"))
        if len(solutions(task)) < FEWEST_SOLUTIONS:
            faults.append(_fault(rule, login, "too few solutions"))
    return faults


def verdicts(rule: str, login: str, task: Task, another: Task) -> Iterator[tuple[str, Verdict]]:
    """Of the solver's network, of those that are wrong, and of the one for another task, where that is another."""
    networks = {"right": solved(task), **wrong(task)}
    if another != task:
        networks["another login's"] = solved(another)
    for name, recipe in networks.items():
        yield name, RULES[rule](recipe.build, login, batch_sizes=ONCE)


def solutions(task: Task) -> Sequence[object]:
    return size.size_solutions(task) if isinstance(task, SizeTask) else budget.budget_solutions(task)


def solved(task: Task) -> Recipe:
    """The solver's network for the task."""
    if isinstance(task, SizeTask):
        return size.network(task, size.size_solutions(task)[0])
    return budget.network(task, budget.budget_solutions(task)[0])


def wrong(task: Task) -> Networks:
    """Networks that break a condition, by what they do."""
    return size.wrong_networks(task) if isinstance(task, SizeTask) else budget.wrong_networks(task)


def own_answers(rule: str, cell: str, network: str, login: str) -> dict[str, str]:
    """The cells of a student who has this login and the solver's answer: by name, the code."""
    layers = "\n".join(f"            {_written(each)}," for each in solved(KINDS[rule](login)).arguments)
    code = f"""class {network}(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
{layers}
        )

    def forward(self, x):
        return self.layers(x)"""
    return {LOGIN: f"{LOGIN} = {login!r}", cell: code}


def _written(recipe: Recipe) -> str:
    """A layer as code."""
    given = [*map(repr, recipe.arguments), *(f"{name}={value!r}" for name, value in recipe.options.items())]
    return f"nn.{recipe.layer}({', '.join(given)})"


def _fault(rule: str, login: str, what: str) -> Fault:
    return Fault(f"check.{rule}", login, _("the own task is not as it should be: {what}", what=what),
                 _("Correct the tasks in `autograder/tasks`, or the rule"))  # fmt: skip
