"""Tasks of one's own: drawn as is said, alike in difficulty, and judged as they should be."""

import hashlib
import math
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from autograder.checks import notebook
from autograder.checks.rules.networks import output_shape
from autograder.checks.rules.own import own_budget
from autograder.checks.verdicts import Failed, Failure, NotAnswered, Passed
from autograder.checks.writing import Decided, Unanswered, drawn_task
from autograder.course.kept import Kept
from autograder.course.own_tasks import (
    AT_ONCE,
    KINDS,
    drawn_logins,
    own_task_faults,
    own_task_proofs,
    solutions,
    solved,
    verdicts,
)
from autograder.course.proofs import found_by
from autograder.tasks import budget, drawn, normalised, own_budget_task, own_size_task, size

LOGINS = st.text(min_size=1).filter(lambda text: normalised(text) != "")


@given(LOGINS)
def test_a_login_is_the_same_however_it_is_typed(login):
    spellings = (f"  {login}\t", unicodedata.normalize("NFKC", login), normalised(login))
    assert {own_size_task(each) for each in spellings} == {own_size_task(login)}
    assert normalised("  ＩＶＡＮ@Edu.ru ") == "ivan@edu.ru"


def test_the_place_of_a_task_is_read_off_sha_256():
    digest = hashlib.sha256(b"size:ivan").hexdigest()
    assert drawn(" Ivan", range(1000), "size") == int(digest[:16], 16) % 1000
    assert drawn("ivan", range(1000), "size") != drawn("ivan", range(1000), "budget")


@pytest.mark.parametrize("own_task", [own_size_task, own_budget_task])
def test_an_empty_login_has_no_task(own_task):
    with pytest.raises(ValueError, match="empty"):
        own_task("  ")


@pytest.mark.parametrize("login", ["", " \t", None])
def test_in_a_test_and_in_a_labs_rule_an_empty_login_is_not_answered_yet(login):
    answer, check = notebook("en", {"login": login})
    with pytest.raises(NotAnswered, match="`login` is not answered yet"):
        check.drawn(answer.login, ("a", "b"), "my-lab")
    with pytest.raises(Decided) as decided:
        drawn_task(login, ("a", "b"), "my-lab")
    assert isinstance(decided.value.verdict, Unanswered)


def test_in_a_test_a_login_has_its_task_and_what_is_none_fails():
    tasks = tuple(range(100))
    answer, check = notebook("en", {"login": "ivan", "number": 7})
    assert check.drawn(answer.login, tasks, "my-lab") == drawn("ivan", tasks, "my-lab")
    with pytest.raises(Failure, match="expected a string"):
        check.drawn(answer.number, tasks, "my-lab")


@pytest.mark.parametrize("own_task", [own_size_task, own_budget_task])
def test_a_class_of_200_has_at_least_100_tasks(own_task):
    assert len({own_task(login) for login in drawn_logins(200)}) >= 100


def test_each_task_has_three_solutions_or_more():
    assert all(len(set(solutions(task))) >= 3 for task in (*size.size_tasks(), *budget.budget_tasks()))


@pytest.mark.parametrize("task", size.size_tasks()[::8], ids=str)
def test_the_solvers_chains_give_the_size_that_pytorch_gives(task):
    for chain in size.size_solutions(task):
        network = size.network(task, chain).build()
        assert network(torch.zeros(1, *task.input_shape)).shape == (1, *task.output_shape)


def test_no_two_tasks_on_sizes_ask_one_thing_of_a_network():
    by_channels = {}
    for task in size.size_tasks():
        assert by_channels.setdefault(task.channels, task.size) == task.size
    assert len(set(size.size_tasks())) == len(size.size_tasks())


@pytest.mark.parametrize("task", budget.budget_tasks()[::9], ids=str)
def test_the_direct_network_costs_what_it_is_said_to_and_too_much(task):
    direct = budget.direct_network(task).build()
    counts = [sum(each.numel() for each in part.parameters()) for part in direct if isinstance(part, nn.Conv2d)]
    assert counts == list(task.direct_breakdown.values())
    assert 1.5 <= sum(counts) / task.budget <= 3


@pytest.mark.parametrize("task", budget.budget_tasks()[::9], ids=str)
def test_the_solvers_networks_keep_to_the_budget(task):
    best = budget.budget_solutions(task)[0]
    network = budget.network(task, best).build()
    assert sum(each.numel() for each in network.parameters()) == budget.cost(task, best) <= task.budget
    assert network(torch.zeros(1, 3, 32, 32)).shape == (1, *task.output_shape)


def test_of_tasks_of_as_many_channels_none_is_solved_by_the_networks_of_another():
    tasks = budget.budget_tasks()
    for task in tasks:
        cost = budget.cost(task, budget.budget_solutions(task)[0])
        for other in tasks:
            if other != task and other.channels == task.channels:
                assert other.receptive_field > task.receptive_field or cost > other.budget


@pytest.mark.parametrize("rule", KINDS)
def test_the_solvers_network_passes_and_each_wrong_one_fails(rule, request):
    examples = 1_000 if request.config.getoption("--thorough", default=False) else 3

    @settings(deadline=None, max_examples=examples)
    @given(LOGINS, LOGINS)
    def judged(login, another):
        own_task = KINDS[rule]
        found = dict(verdicts(rule, login, own_task(login), own_task(another)))
        assert isinstance(found.pop("right"), Passed)
        assert len(found) >= 3 and all(isinstance(each, Failed) for each in found.values()), found

    judged()


def test_a_network_of_another_size_fails_also_where_no_replay_can_execute_it():
    task = own_budget_task("ivan")
    other = next(each for each in budget.budget_tasks() if each.channels != task.channels)
    channels, *size = other.output_shape

    class Sparse(nn.Module):
        def __init__(self):
            super().__init__()
            shape = channels * math.prod(size), 3 * 32 * 32
            self.weight = torch.sparse_coo_tensor([[0], [0]], [1.0], shape, check_invariants=True)

        def forward(self, x):
            return torch.sparse.mm(self.weight, x.flatten(1).T).T.reshape(-1, channels, *size)

    verdict = own_budget(Sparse, "ivan")
    assert isinstance(verdict, Failed) and verdict.checked == output_shape(Sparse, task.output_shape).checked


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        pytest.param(rule, first, marks=pytest.mark.sampled(one_in=8, kind=rule))
        for rule in KINDS
        for first in range(0, 200, AT_ONCE)
    ],
)
def test_the_tasks_of_a_class_of_200_are_as_they_should_be(rule, first):
    assert own_task_faults(rule, drawn_logins(200)[first : first + AT_ONCE]) == []


def found(rule: str, kept: Kept) -> list[str]:
    """What a release would find wrong with the tasks."""
    with ThreadPoolExecutor(1) as here:
        return [fault.problem for fault in found_by(own_task_proofs([rule], kept, here))]


def test_a_task_that_can_not_be_done_is_told_each_time(monkeypatch, tmp_path):
    task, kept = own_size_task("ivan"), Kept(tmp_path, "")
    monkeypatch.setattr("autograder.course.own_tasks.drawn_logins", lambda: ["ivan"])
    with monkeypatch.context() as patched:
        patched.setattr("autograder.course.own_tasks.solved", lambda _task: size.network(task, ((2, 2, 0),)))
        for _again in range(2):
            assert any("right: Failed" in problem for problem in found("own_size", kept))
    assert found("own_size", kept) == []


def test_logins_of_too_few_tasks_are_a_fault(monkeypatch, tmp_path):
    monkeypatch.setattr("autograder.course.own_tasks.drawn_logins", lambda: ["ivan"] * 10)
    assert any("10 logins have 1 tasks" in problem for problem in found("own_size", Kept(tmp_path, "")))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("own_task", [own_size_task, own_budget_task])
def test_a_task_is_shown_as_a_sentence_a_table_and_a_picture(own_task, language):
    task = own_task("ivan", language)
    html = task._repr_html_()
    assert html.startswith("<p>") and "<table>" in html and f"(N, {task.channels}, " in html
    assert ("Постройте" in html) == (language == "ru")
    assert task.picture().png().startswith(b"\x89PNG")


def test_solved_is_one_of_the_solutions():
    task = own_budget_task("ivan")
    network = solved(task).build()
    assert sum(each.numel() for each in network.parameters()) <= task.budget
