import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from torch import nn

from autograder.checks import CouldNotTell, Failure, NotAnswered, notebook
from autograder.checks.messages import _
from autograder.checks.verdicts import Blocked, Unknown, exception

WRONG_SIZE = [
    "✗ Output size: expected 64×16×16, got 64×15×15.",
    "  0: (32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15.  With kernel_size=2 it gives 16.",
]

WRONG_SIZE_FOLDED = [WRONG_SIZE[0], *WRONG_SIZE[1].replace("15.  With", "15.\n  With").splitlines()]


def right_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def wrong_network():
    return nn.Sequential(nn.Conv2d(3, 64, 3, stride=2))


class Faint(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 2, 3)

    def forward(self, x):
        one = torch.ones(1)
        one.view(torch.int32)  # such memory has no double precision
        return one + 1e-7 * self.conv(x)


def missing(name, door):
    """What the student reads where there is no answer of this name."""
    answer, _check = door
    with pytest.raises(NotAnswered) as caught:
        getattr(answer, name)
    return str(caught.value)


@pytest.fixture
def shell():
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def test_a_passed_check_prints_one_line(capsys):
    answer, check = notebook("en", {"output_size": right_size})
    assert check.output_size(answer.output_size) is None
    assert capsys.readouterr().out == "✓ Formula of the output size: agrees with PyTorch in all 12 cases\n"


def test_the_first_language_is_russian(capsys):
    answer, check = notebook(namespace={"output_size": right_size})
    check.output_size(answer.output_size)
    assert capsys.readouterr().out == "✓ Формула размера выхода: совпадает с PyTorch во всех 12 случаях\n"


def test_a_rule_that_there_is_not_names_those_like_it_and_how_to_see_all():
    _answer, check = notebook("en", {})
    with pytest.raises(AttributeError) as caught:
        check.output_shap(wrong_network, (64, 16, 16))
    assert str(caught.value) == (
        "There is no rule `check.output_shap`. Similar names: `check.output_shape`, `check.output_size`. "
        "Type `check.` and press Tab to see all that there are."
    )
    assert " ".join(map(str.strip, caught.value._render_traceback_())) == str(caught.value)
    assert "output_shape" in dir(check) and "output_shap" not in dir(check)
    assert not hasattr(check, "_repr_html_")


def test_a_failed_check_is_an_assertion_error_with_the_text_that_a_notebook_shows():
    _answer, check = notebook("en", {})
    with pytest.raises(AssertionError) as caught:
        check.output_shape(wrong_network, (64, 16, 16))
    assert type(caught.value) is Failure
    assert str(caught.value).splitlines() == WRONG_SIZE
    assert caught.value._render_traceback_() == WRONG_SIZE_FOLDED


def test_a_missing_answer_is_told_with_the_nearest_name():
    namespace = {"Model0": 1, "In": [], "_private": 2}
    told = "✗ The name `ModelPad0` is not found.\n  Is your answer called `Model0`? Rename it to `ModelPad0`."
    assert missing("ModelPad0", notebook("en", namespace)) == told
    told = "✗ Имя `ModelPad0` не найдено.\n  Ваш ответ называется `Model0`? Переименуйте его в `ModelPad0`."
    assert missing("ModelPad0", notebook("ru", namespace)) == told
    told = missing("total", notebook("en", namespace))
    assert told.startswith("✗ `total` is not answered yet.\n  Is your code in")
    assert told.splitlines()[-1].startswith("  Or that cell has stopped with an error")


def test_an_answer_asked_for_by_another_test_is_not_taken_for_a_misspelt_one():
    door = answer, _check = notebook("en", {"ModelPad0": 1})
    assert answer.ModelPad0 == 1
    assert missing("ModelPad1", door).startswith("✗ `ModelPad1` is not answered yet.")


def test_an_answer_with_another_number_is_not_taken_for_a_misspelt_one():
    door = notebook("en", {"ModelPad1": 1})
    assert missing("ModelPad0", door).startswith("✗ `ModelPad0` is not answered yet.")


def test_a_name_is_looked_up_when_it_is_asked_for():
    namespace = {}
    answer, _check = notebook("en", namespace)
    namespace["total"] = 1
    assert answer.total == 1
    namespace["total"] = 2
    assert answer.total == 2
    assert dir(answer) == ["total"]


def test_stubs_and_waiting_checks_have_failures_of_their_own():
    class Stub(nn.Module):
        def __init__(self):
            raise NotImplementedError()

    _answer, check = notebook("en", {})
    with pytest.raises(NotAnswered, match="`Stub` is not answered yet"):
        check.convolutions(Stub)
    with pytest.raises(Blocked, match="can't be checked until `Flatten` runs"):
        check.convolutions(type("Flatten", (nn.Module,), {"forward": lambda self, x: 1 / 0}))
    assert issubclass(NotAnswered, Failure)
    assert issubclass(Blocked, Failure)


def test_what_could_not_be_told_is_no_assertion_error():
    error = exception(Unknown(_("Output size"), "reason"), "en")
    assert isinstance(error, CouldNotTell)
    assert not isinstance(error, AssertionError)
    assert error._render_traceback_()[0].startswith("? Output size: the grader could not tell")


def test_help_shows_the_sentence_in_the_readers_language():
    for language, sentence in (("en", "The network's output changes"), ("ru", "Когда меняется вход сети")):
        _answer, check = notebook(language, {})
        assert check.depends_on_input.__doc__.startswith(sentence)


def test_an_unknown_language_and_a_missing_notebook_are_told():
    with pytest.raises(ValueError, match="'xx' is not one of ru, en"):
        notebook("xx", {})
    with pytest.raises(RuntimeError, match="there is no notebook here"):
        notebook("en")


def test_in_ipython_the_message_stands_alone(shell, capsys):
    shell.user_ns["wrong_network"] = wrong_network
    shell.run_cell("from autograder.checks import notebook\nanswer, check = notebook(language='en')")
    capsys.readouterr()
    shell.run_cell("check.output_shape(answer.wrong_network, (64, 16, 16))")
    assert capsys.readouterr().out.splitlines() == WRONG_SIZE_FOLDED


def summed_up(check, capsys, rules=("output_size",)):
    capsys.readouterr()
    check.summary({"output_size": rules}, by_hand=["conclusion"])
    return capsys.readouterr().out.splitlines()


def test_the_summary_says_what_is_confirmed_and_what_was_not_looked_at(capsys):
    answer, check = notebook("en", {"output_size": right_size})
    assert summed_up(check, capsys)[0] == "output_size        – not checked yet, run the cell with the check"
    check.output_size(answer.output_size)
    first, by_hand, _empty, afterwards = summed_up(check, capsys)
    assert first == "output_size        ✓ Formula of the output size"
    assert by_hand == "conclusion         – read by your instructor"
    assert afterwards.startswith("After you hand in the notebook, the same properties are checked again")


def test_the_summary_says_what_failed_or_is_not_answered(capsys):
    def unanswered(size, kernel_size, stride=1, padding=0, dilation=1):
        raise NotImplementedError

    namespace = {"output_size": lambda *sizes, **more: 15.0}
    answer, check = notebook("ru", namespace)
    with pytest.raises(Failure):
        check.output_size(answer.output_size)
    assert summed_up(check, capsys)[0] == "output_size        ✗ Формула размера выхода"
    namespace["output_size"] = unanswered
    with pytest.raises(NotAnswered):
        check.output_size(answer.output_size)
    assert summed_up(check, capsys)[0] == "output_size        – ответа ещё нет"


def test_the_summary_says_that_something_is_left_to_a_person(capsys):
    answer, check = notebook("en", {"Faint": Faint})
    with pytest.raises(CouldNotTell):
        check.depends_on_input(network_class=answer.Faint)
    capsys.readouterr()
    check.summary({"Faint": ["depends_on_input"]})
    assert capsys.readouterr().out.startswith("Faint              ? Dependence on the input")


def test_the_summary_trusts_no_check_of_an_answer_that_changed_since(capsys):
    namespace = {"output_size": right_size}
    answer, check = notebook("en", namespace)
    check.output_size(answer.output_size)
    namespace["output_size"] = lambda *sizes, **more: 15
    assert summed_up(check, capsys)[0] == "output_size        – changed since it was checked, run the check again"


def test_an_answer_that_was_only_looked_at_has_not_been_checked(capsys):
    answer, check = notebook("en", {"output_size": right_size, "other": right_size.__call__})
    assert answer.other is not None
    check.output_size(answer.output_size)
    capsys.readouterr()
    check.summary({"other": ["output_size"]})
    assert capsys.readouterr().out.startswith("other              – not checked yet")


def test_a_failure_about_shapes_comes_with_the_shape_ladder_in_a_notebook(shell, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    monkeypatch.setattr(shell, "kernel", object(), raising=False)
    _answer, check = notebook("en", {})
    with pytest.raises(Failure) as caught:
        check.output_shape(wrong_network, (64, 16, 16))
    assert str(caught.value).splitlines() == WRONG_SIZE
    assert [type(each).__name__ for each in shown] == ["Picture"]
    with pytest.raises(Failure):
        check.unpadded_convolution(lambda: nn.Sequential(nn.Conv2d(3, 64, 3, padding=1)))
    assert len(shown) == 1


def test_without_a_notebook_a_failure_draws_nothing(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    _answer, check = notebook("en", {})
    with pytest.raises(Failure):
        check.output_shape(wrong_network, (64, 16, 16))
    assert shown == []


def test_a_notebook_breaks_no_line_of_a_message_in_the_midst_of_a_word():
    _answer, check = notebook("ru", {})
    with pytest.raises(Failure) as caught:
        check.output_shape(lambda: nn.Sequential(nn.Conv2d(3, 64, 3), nn.Linear(7, 7)), (64, 16, 16))
    shown = caught.value._render_traceback_()
    assert max(map(len, shown)) <= 70 < max(map(len, str(caught.value).splitlines()))
    assert " ".join(shown).split() == str(caught.value).split()


def test_the_summary_names_what_is_still_to_be_checked_of_an_answer(capsys):
    namespace = {"network": lambda: nn.Sequential(nn.Conv2d(3, 64, 2, stride=2))}
    answer, check = notebook("en", namespace)
    check.output_shape(answer.network, (64, 16, 16))
    capsys.readouterr()
    check.summary({"network": ["output_shape", "unpadded_convolution"]})
    assert capsys.readouterr().out.splitlines()[:2] == [
        "network            ✓ Output size",
        "                   – Convolution without padding: not checked yet, run the cell with the check",
    ]


def test_what_a_check_did_not_get_to_waits_for_what_failed(capsys):
    answer, check = notebook("en", {"network": lambda: nn.Sequential(nn.Conv2d(3, 64, 2, stride=4))})
    with pytest.raises(Failure):
        check.output_shape(answer.network, (64, 16, 16))
    capsys.readouterr()
    check.summary({"network": ["output_shape", "unpadded_convolution"]})
    assert capsys.readouterr().out.splitlines()[1].endswith(": not checked yet, first put right what is marked ✗")


def test_what_a_wrong_answer_found_is_no_fact_to_compare_a_prediction_with(capsys):
    namespace = {"output_size": lambda *sizes, **more: 15.0}
    answer, check = notebook("en", namespace)

    def said(found_by):
        capsys.readouterr()
        check.predict(17, 15, "rows", found_by=found_by)
        return capsys.readouterr().out

    compared = "✗ rows: you said 17, it is 15.\n"
    assert said(None) == said(namespace["output_size"]) == compared  # nothing has been checked
    with pytest.raises(Failure):
        check.output_size(answer.output_size)
    assert said(namespace["output_size"]).startswith("– rows: not compared. `<lambda>`, which this cell counts with")
    namespace["output_size"] = right_size
    check.output_size(answer.output_size)
    assert said(right_size) == compared


def test_a_notebook_draws_the_same_each_time_and_another_seed_something_else():
    def drawn(check):
        return torch.rand(4, generator=check.generator()).tolist()

    _answer, check = notebook("en", {})
    assert drawn(check) == drawn(check) == drawn(notebook("ru", {})[1])
    assert drawn(check) != drawn(notebook("en", {}, seed=1)[1])
