"""Stock nbgrader reads the course's configuration: release, marks and feedback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from shutil import copy

import nbformat
import pytest
from traitlets.config import PyFileConfigLoader

from .made_notebooks import REAL_SETUP, REAL_TEST, course_notebook

CONFIGURATION = Path(__file__).parents[2] / "nbgrader_config.py"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which one student answered right, taken by stock nbgrader from release to feedback."""
    root = tmp_path_factory.mktemp("course")
    copy(CONFIGURATION, root)
    (root / "source" / "double").mkdir(parents=True)
    nbformat.write(course_notebook(REAL_SETUP, REAL_TEST), root / "source" / "double" / "double.ipynb")
    nbgrader(root, "generate_assignment", "double")
    submitted = nbformat.read(root / "release" / "ru" / "double" / "double.ipynb", as_version=4)
    submitted.cells[2].source = "def double(x):\n    return 2 * x"
    (root / "submitted" / "ann" / "double").mkdir(parents=True)
    nbformat.write(submitted, root / "submitted" / "ann" / "double" / "double.ipynb")
    nbgrader(root, "autograde", "double")
    nbgrader(root, "generate_feedback", "double")
    return root


def nbgrader(root: Path, *command: str) -> str:
    """What a command of nbgrader's prints, in an environment that is not activated."""
    done = subprocess.run([sys.executable, "-m", "nbgrader", *command], cwd=root, check=True, capture_output=True,
                          text=True, env={**os.environ, "PATH": "/usr/bin:/bin"})  # fmt: skip
    return done.stdout


def test_a_right_answer_earns_its_points(course):
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        assert gradebook.execute("select sum(auto_score) from grade").fetchone() == (1,)


def test_feedback_shows_the_visible_tests_and_no_hidden_ones(course):
    autograded = (course / "autograded" / "ann" / "double" / "double.ipynb").read_text("utf-8")
    feedback = (course / "feedback" / "ann" / "double" / "double.html").read_text("utf-8")
    assert "-142" in autograded
    assert "-142" not in feedback and "HIDDEN" not in feedback and "Удвоение" in feedback


def test_the_gradebook_of_a_new_course_can_be_asked_and_upgraded(tmp_path):
    copy(CONFIGURATION, tmp_path)
    assert "There are 0 students in the database" in nbgrader(tmp_path, "db", "student", "list")
    nbgrader(tmp_path, "db", "upgrade")


@pytest.mark.parametrize(("language", "other"), [("ru", "en"), ("en", "ru")])
def test_the_language_is_chosen_by_the_environment(monkeypatch, language, other):
    monkeypatch.setenv("CONVLAB_LANGUAGE", language)
    configuration = PyFileConfigLoader(str(CONFIGURATION)).load_config()
    assert Path(configuration.CourseDirectory.release_directory) == Path("release", language)
    assert configuration.TagRemovePreprocessor.remove_cell_tags == {other}
