"""A course whose notebooks do not import this package is marked where PyTorch is not installed, and as with it."""

import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from shutil import copytree
from unittest.mock import patch

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from without_torch import python_without_torch

import autograder
from autograder.grading import open_course
from autograder.grading.gradebook import run_step, update_gradebook
from grading.plain_course import hand_in, make_plain_course, reference
from grading.small_course import BY_NBGRADER, answered, make_course
from grading.small_course import hand_in as hand_in_sums

SHOWS_WHAT_IS_THERE = """
import sys
from importlib.util import find_spec
print([name in sys.modules for name in ("torch", "numpy", "matplotlib")], find_spec("torch") is not None)
"""
WRONG = {"square": "def square(n):\n    return n + 6", "cube": "def cube(n):\n    return abs(n ** 3)"}
Marks = dict[tuple[str, str], tuple[float | None, bool]]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return python_without_torch(tmp_path_factory.mktemp("python"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_plain_course(tmp_path_factory.mktemp("plain"))
    with chdir(root), patch.dict(os.environ, {"JUPYTER_NO_CONFIG": "1"}):
        course = open_course(root)
        step = GenerateAssignment(coursedir=course.directory(assignment_id="numbers"), config=course.config)
        assert run_step(step) is None
    hand_in(root, "right", reference(), last=SHOWS_WHAT_IS_THERE)
    hand_in(root, "wrong", reference() | WRONG)
    hand_in(root, "dies", reference() | {"cube": "def cube(n):\n    import os; os._exit(1)"})
    return root


def run(python: Path | str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "JUPYTER_NO_CONFIG": "1", "COLUMNS": "400", "PYTHONPATH": str(Path(autograder.__file__).parents[1])}
    return subprocess.run([str(python), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def autograder_(python: Path | str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(python, folder, "-m", "autograder", "--language", "en", *arguments)


def marks(root: Path) -> Marks:
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {
            (submission.student.id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("numbers")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def said_there(root: Path, student: str = "right") -> str:
    """What the student's last cell printed."""
    executed = nbformat.read(root / "autograded" / student / "numbers" / "tested.ipynb", as_version=4)
    return executed.cells[-1].outputs[0].text.strip()


def test_the_python_has_no_torch(python, tmp_path):
    done = run(python, tmp_path, "-c", "import nbgrader, autograder, torch")
    assert done.stderr.strip().splitlines()[-1] == "ModuleNotFoundError: No module named 'torch'"


def test_a_class_earns_without_torch_what_it_earns_with_it(course, python, tmp_path):
    found, there = {}, {}
    for name, each in (("with", sys.executable), ("without", python)):
        root = copytree(course, tmp_path / name)
        done = autograder_(each, root, "grade", "numbers", "--json")
        assert done.returncode == 0, done.stderr
        found[name] = [(one["student"], one["marks"], one["attention"]) for one in json.loads(done.stdout)], marks(root)
        there[name] = said_there(root)

    assert found["with"] == found["without"]
    assert {student: sum(mark["points"] for mark in marks) for student, marks, _attention in found["with"][0]} == {
        "right": 11.5, "wrong": 5.5, "dies": 7.5,
    }  # fmt: skip
    # Where it is installed, nothing of it is imported for this course.
    assert there == {"with": "[False, False, False] True", "without": "[False, False, False] False"}


@pytest.mark.sampled(one_in=4, corpus="beside nbgrader")
def test_nbgraders_own_autograde_marks_without_torch(course, python, tmp_path):
    root, by_nbgrader = copytree(course, tmp_path / "ours"), copytree(course, tmp_path / "nbgraders")
    with (by_nbgrader / "nbgrader_config.py").open("a") as config:
        config.write(BY_NBGRADER)

    assert autograder_(sys.executable, root, "grade", "numbers").returncode == 0
    done = run(python, by_nbgrader, "-m", "nbgrader", "autograde", "numbers")

    assert done.returncode == 0, done.stderr
    assert marks(by_nbgrader) == marks(root)
    assert said_there(by_nbgrader) == "[False, False, False] False"


def test_a_course_whose_tests_are_judged_outside_is_told_what_it_needs(python, tmp_path):
    root = make_course(tmp_path)
    hand_in_sums(root, "anna", answered())

    done = autograder_(python, root, "grade", "sums")

    assert done.returncode == 2
    assert "sums.ipynb has tests that are judged outside, and that needs torch, which is not installed here." in done.stdout
    assert '→ Install it with the package\'s extra: `pip install "PATH-OF-THE-CLONE[torch]"`.' in done.stdout
    assert not (root / "autograded").exists() and not (root / "gradebook.db").exists()


def test_nbgraders_own_autograde_of_such_a_course_says_so_and_gives_no_mark(python, tmp_path):
    root = make_course(tmp_path)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(BY_NBGRADER)
    hand_in_sums(root, "anna", answered())
    update_gradebook(open_course(root).assignment("sums"))

    done = run(python, root, "-m", "nbgrader", "autograde", "sums", "--create")

    assert done.returncode == 1 and "The checks need torch, which is not installed here" in done.stderr, done.stderr
    assert not (root / "autograded" / "anna" / "sums").exists()


def test_a_command_that_needs_it_says_so(python, tmp_path):
    done = autograder_(python, make_course(tmp_path), "release")
    assert done.returncode == 2 and "This needs torch, which is not installed here." in done.stdout


def test_a_lab_is_begun_without_it(python, tmp_path):
    done = autograder_(python, make_course(tmp_path), "new", "lab")
    assert done.returncode == 0 and (tmp_path / "source" / "lab" / "rules.py").is_file(), done.stdout


def test_a_notebook_that_imports_the_checks_is_told_what_it_needs_in_both_languages(python, tmp_path):
    done = run(python, tmp_path, "-c", "from autograder.checks import notebook")
    told = done.stderr.strip().splitlines()[-2:]
    assert told[0].startswith("ModuleNotFoundError: Проверкам нужен torch") and "ПУТЬ-К-КОПИИ[torch]" in told[0]
    assert told[1].startswith("The checks need torch") and "PATH-OF-THE-CLONE[torch]" in told[1]


def test_doctor_misses_it_only_where_notebooks_import_this_package(python, tmp_path, course):
    plain, asking = autograder_(python, course, "doctor"), autograder_(python, make_course(tmp_path), "doctor")
    assert "[ -- ] torch is not installed: only notebooks that import this package need it" in plain.stdout
    assert "[ OK ] sandbox: memory is limited" in plain.stdout and "PyTorch" not in plain.stdout
    assert "[FAIL]" not in plain.stdout, plain.stdout
    assert asking.returncode == 1
    assert "[FAIL] torch is not installed: notebooks in this folder import this package" in asking.stdout
