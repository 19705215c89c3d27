"""Rules that a lab brings with it."""

import pytest
import torch
from lab_rules import BROKEN, BROKEN_LINE, RULES, imported, write_rules

from autograder.checks import CouldNotTell, Failure, NotAnswered, notebook
from autograder.checks.lab import files_of_rules, loaded
from autograder.checks.verdicts import UnknownRule
from autograder.checks.writing import Integers, Normal, call_on_tensors, drawn_for


def double(n):
    return 2 * n


def unanswered(n):
    raise NotImplementedError


@pytest.fixture(params=["in a notebook", "in the examiner"])
def rules(request, tmp_path):
    folder = write_rules(tmp_path)
    return imported(folder) if request.param == "in a notebook" else loaded(files_of_rules(folder))


@pytest.mark.parametrize(
    ("language", "said", "help"),
    [
        ("en", "✓ Evenness: 6 is even\n", "The function gives an even number."),
        ("ru", "✓ Чётность: 6 чётно\n", "Функция даёт чётное число."),
    ],
)
def test_a_labs_rule_is_a_rule_of_the_door_and_speaks_the_readers_language(rules, capsys, language, said, help):
    answer, check = notebook(language, {"double": double})
    check.use(rules)
    check.gives_even(answer.double, 3)
    assert capsys.readouterr().out == said
    assert check.gives_even.__doc__ == help


def test_a_failure_is_told_by_the_labs_catalogue_and_the_packages(rules):
    _answer, check = notebook("ru", {})
    check.use(rules)
    with pytest.raises(Failure, match="✗ Чётность: ожидалось чётное число, получено 7"):
        check.gives_even(lambda n: 2 * n + 1, 3)


def test_the_summary_knows_a_labs_rules_and_refuses_what_is_none(rules, capsys):
    answer, check = notebook("ru", {"double": double})
    with pytest.raises(UnknownRule, match="Правила `check.gives_even` нет"):
        check.summary({"double": ["gives_even"]})
    check.use(rules)
    check.gives_even(answer.double, 3)
    capsys.readouterr()
    check.summary({"double": ["gives_even"]})
    assert "double             ✓ Чётность" in capsys.readouterr().out
    with pytest.raises(UnknownRule, match="Похожие названия: `check.gives_even`"):
        check.summary({"double": ["gives_evn"]})
    with pytest.raises(UnknownRule, match="Похожие названия: `check.gives_even`"):
        check.gives_evn(answer.double, 3)


@pytest.mark.parametrize("load", [imported, lambda folder: loaded(files_of_rules(folder))])
def test_a_rule_that_stops_is_told_as_no_answers_fault_and_without_a_traceback(tmp_path, load):
    _answer, check = notebook("ru", {})
    check.use(load(write_rules(tmp_path, BROKEN)))
    with pytest.raises(CouldNotTell) as raised:
        check.gives_even(double, 3)
    assert "Traceback" not in "".join(raised.value._render_traceback_())
    assert str(raised.value) == (
        f"? Чётность: остановилась сама проверка (`gives_even`, rules.py, строка {BROKEN_LINE}): "
        "NameError: name 'nowhere' is not defined.\n"
        "  Это ошибка курса, баллы за неё не снимаются: скажите о ней преподавателю."
    )
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1", "rules.py has no rule"),
        ("from autograder.checks.rules import output_shape", "rules.py has no rule"),
        (RULES.replace("gives_even", "output_shape"), "a rule `output_shape`, as there is one already"),
        (RULES.replace("gives_even", "summary"), "a rule `summary`, as there is one already"),
    ],
)
def test_rules_that_are_none_or_take_a_name_are_refused(tmp_path, source, said):
    _answer, check = notebook("en", {})
    with pytest.raises(ValueError, match=said):
        check.use(imported(write_rules(tmp_path, source)))


def test_what_nobody_confirms_says_so(rules, capsys):
    answer, check = notebook("en", {"double": double})
    check.use(rules)
    check.steady(answer.double, 5)
    said = "✓ Steadiness: the same each time (as your notebook says of itself; nobody has confirmed it)\n"
    assert capsys.readouterr().out == said
    with pytest.raises(Failure, match="Steadiness: expected the same, got"):
        check.steady(lambda n, seen=[]: seen.append(n) or len(seen), 5)


def test_a_question_that_raises_has_failed_and_a_stub_is_not_answered(rules):
    _answer, check = notebook("en", {})
    check.use(rules)
    with pytest.raises(Failure, match="expected an answer that runs, got an error, TypeError"):
        check.steady(lambda n: n + "", 5)
    with pytest.raises(NotAnswered, match="`unanswered` is not answered yet"):
        check.steady(unanswered, 5)


def test_several_tensors_of_any_type_go_in_and_come_out():
    queries, tokens = drawn_for(double, (Normal((2, 3)), Integers((2, 5), below=7)))
    assert (queries.shape, queries.dtype, tokens.dtype) == ((2, 3), torch.float32, torch.int64)
    assert 0 <= tokens.min() and tokens.max() < 7

    class Tensor(torch.Tensor):
        def __eq__(self, other):
            return True

    found = call_on_tensors(lambda q, t: {"sum": q + 1, "pair": (t, q.requires_grad_().exp())}, queries, tokens)
    assert torch.equal(found["sum"], queries + 1)
    assert torch.equal(found["pair"][0], tokens) and not found["pair"][1].requires_grad
    hidden = call_on_tensors(lambda q: q.as_subclass(Tensor), queries)
    assert not isinstance(hidden, torch.Tensor) and hidden != queries.tolist()


def test_each_drawn_tensor_is_another_and_the_same_each_time():
    first, second = drawn_for(double, (Normal((4,)), Normal((4,))))
    assert not torch.equal(first, second)
    assert torch.equal(first, drawn_for(double, (Normal((4,)),))[0])
