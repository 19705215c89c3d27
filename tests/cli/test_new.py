"""`autograder new`: what it lays can be released as it is. That it is, and that it marks, docs/write-a-lab.md proves."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("name", ["../out", "", "2nd", "a b", "имя", "a.b"])
def test_a_name_that_nothing_can_have_is_refused(run, tmp_path, name):
    done = run("new", name, folder=tmp_path)
    assert done.exit_code == 2
    assert "can't be called" in done.output
    assert list(tmp_path.iterdir()) == []
