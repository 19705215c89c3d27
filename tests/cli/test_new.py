"""`autograder new`: what it lays can be released as it is. That it is, and that it marks, docs/write-a-lab.md proves."""

from pathlib import Path

import pytest

from autograder.checks import notebook
from autograder.checks.lab import files_of_rules, loaded
from autograder.checks.verdicts import Failure
from autograder.checks.writing import Normal
from autograder.course.build import DROPS_LANGUAGES
from autograder.course.prove import source_faults

REPOSITORY = Path(__file__).parents[2]


def test_it_lays_a_course_and_in_it_an_assignment_without_a_fault(run, tmp_path):
    done = run("new", "attention", folder=tmp_path)

    assert done.exit_code == 0, done.output
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    laid = {"attention.ipynb", "rules.py", "rules.ru.po"}
    assert written == {"nbgrader_config.py", *(f"source/attention/{name}" for name in laid)}
    assert source_faults(tmp_path, ["attention"]) == []
    assert "NAME" not in (tmp_path / "source/attention/attention.ipynb").read_text(encoding="utf-8")
    rules = (tmp_path / "source/attention/rules.py").read_text(encoding="utf-8")
    assert "attention" not in rules and "`check.same_tensors(answer.softmax_of_rows, ...)`" in rules


def test_the_configuration_that_it_lays_is_this_courses_but_for_the_name(run, tmp_path):
    run("new", "attention", folder=tmp_path)
    ours = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    assert (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8") == ours.replace('"convlab"', f'"{tmp_path.name}"')


def test_nothing_that_is_there_is_changed(run, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("mine")
    assert run("new", "first", folder=tmp_path).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = run("new", "first", folder=tmp_path)

    assert again.exit_code == 2
    assert "There is an assignment first already." in again.output
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert (tmp_path / "nbgrader_config.py").read_text() == "mine"


def test_a_course_that_is_there_is_given_the_lines_that_two_languages_need(run, tmp_path):
    configuration = tmp_path / "nbgrader_config.py"
    configuration.write_text("c = get_config()\n")
    first = run("new", "first", folder=tmp_path, columns=60)
    assert "\n".join(DROPS_LANGUAGES) in first.output

    configuration.write_text("\n".join(["c = get_config()", *DROPS_LANGUAGES]))
    assert "TagRemovePreprocessor" not in run("new", "second", folder=tmp_path).output


def test_the_rule_that_it_lays_counts_rows_as_results_from_one(run, tmp_path):
    run("new", "first", folder=tmp_path)
    answer, check = notebook("en", {"same": lambda x: x + 1})
    check.use(loaded(files_of_rules(tmp_path / "source" / "first")))
    with pytest.raises(Failure, match="result 1.* in row 1"):
        check.same_tensors(answer.same, lambda x: x, inputs=[Normal((3, 2))])


@pytest.mark.parametrize("name", ["../out", "", "2nd", "a b", "имя", "a.b"])
def test_a_name_that_nothing_can_have_is_refused(run, tmp_path, name):
    done = run("new", name, folder=tmp_path)
    assert done.exit_code == 2
    assert "can't be called" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_inside_of_a_course_the_course_is_named(run, tmp_path, language):
    run("new", "first", folder=tmp_path)
    done = run("new", "second", folder=tmp_path / "source" / "first", language=language)
    assert done.exit_code == 2
    assert str(tmp_path) in done.output and "`autograder new second`" in done.output
    assert not (tmp_path / "source" / "first" / "source").exists()


def test_a_folder_that_can_not_be_made_is_told(run, tmp_path):
    (tmp_path / "source").write_text("a file")
    done = run("new", "first", folder=tmp_path)
    assert done.exit_code == 2
    assert "source/first can't be written: Not a directory." in done.output
