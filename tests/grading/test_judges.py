"""Who judges a test, by the course's source; and what of the source is found before anything of it runs."""

import json
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.cells.imports import modules_of
from autograder.cells.metadata import is_unnamed
from autograder.cells.withheld import without_hidden_tests
from autograder.grading import open_course
from autograder.grading.handed_out import course_notebooks
from autograder.grading.judges import Judge, judges
from autograder.grading.rebuild import rebuilt
from grading.plain_course import as_old, make_plain_course, notebook_with_tests
from grading.small_course import source_notebook

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("test", "judge"),
    [
        ("assert answer.half(x) == 1.5", Judge.OUTSIDE),
        ("check.generator()\nassert answer.half(x) == 1.5", Judge.OUTSIDE),
        ("half = answer.half\nassert half(x) == 1.5", Judge.OUTSIDE),
        ("assert answer.half(x) == y", Judge.OUTSIDE),  # a fault of the course, which the rehearsal tells
        ("assert answer.half(", Judge.OUTSIDE),  # the same
        ("assert half(x) == 1.5", Judge.INSIDE),
        ("assert answer.half(x) == half(x)", Judge.INSIDE),
        ("def later():\n    return double(3)\nassert answer.half(x)", Judge.INSIDE),
        ("assert x == 3", Judge.INSIDE),
        ("%time half(x)", Judge.INSIDE),
    ],
)
def test_a_test_that_reaches_answers_through_answer_alone_is_judged_outside(test, judge):
    source = source_notebook()
    next(cell for cell in source.cells if cell.id == "test_half").source = test
    assert judges(source) == {"test_double": Judge.OUTSIDE, "test_half": judge}


@pytest.mark.parametrize("code", ["answer = 42", "from autograder import figures\nanswer = 42"])
def test_without_the_door_of_this_package_a_name_answer_is_one_as_any_other(code):
    source = source_notebook()
    source.cells[0].source = code
    assert set(judges(source).values()) == {Judge.INSIDE}


@pytest.mark.parametrize("assignment", ["variant2", "variant3"])
def test_every_test_of_the_labs_is_judged_outside(assignment):
    for languages in course_notebooks(open_course(REPOSITORY).assignment(assignment)).values():
        for notebook in languages.values():
            assert set(judges(notebook).values()) == {Judge.OUTSIDE}
            assert not [cell for cell in notebook.cells if "autograder_judge" in cell.metadata]


def test_the_modules_of_a_course_are_found_in_any_cell_and_format(tmp_path):
    cells = ["import numpy as np, os.path, helper, folder.part\n%matplotlib inline", "def f():\n    from a.b import c\n    from . import d", "import (", "!ls"]
    new = [new_code_cell(source) for source in cells]
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["import old\n", "1"]}]}]}
    (tmp_path / "new.ipynb").write_text(json.dumps({"nbformat": 4, "cells": new}))
    (tmp_path / "old.ipynb").write_text(json.dumps(old))
    (tmp_path / "helper.py").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "none.ipynb").write_text("[")
    (tmp_path / "other.ipynb").write_text("[1]")
    assert modules_of(tmp_path) == ("a.b", "numpy", "old", "os.path")


def test_hidden_tests_are_taken_out_wherever_they_stand():
    source = "a\n###BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc\n  # BEGIN HIDDEN TESTS\nd"
    assert without_hidden_tests(source) == "a\nc"


def test_a_cell_that_only_its_text_tells_is_there_once_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_plain_course(tmp_path)
    (course,) = course_notebooks(open_course(root).assignment("numbers"))["tested"].values()
    handed_in = notebook_with_tests()
    handed_in.cells[4].source = "square(4)"  # changed
    del handed_in.cells[2]  # deleted
    handed_in.cells.insert(1, new_code_cell("own = 1"))

    found = rebuilt(course, handed_in).notebook

    assert [cell.source for cell in found.cells[:5]] == [cell.source for cell in handed_in.cells[:5]]
    assert [cell.id for cell in found.cells if is_unnamed(cell)] == ["unnamed-1", "unnamed-2", "unnamed-8"]
    assert json.loads(as_old(notebook_with_tests()))["nbformat_minor"] == 0 and found.nbformat_minor == 5
