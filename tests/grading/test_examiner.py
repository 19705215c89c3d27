"""The examiner gives every answer of the corpus the verdict that the student's own notebook gives."""

import os
import subprocess
import sys
from collections.abc import Callable, Hashable, Iterator
from functools import cache
from itertools import cycle
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_grade
from own_left_out import own_left_out

from autograder.course.answers import AnswerFile, read_answers, submission
from autograder.grading import Limits, open_course
from autograder.grading.handed_out import course_notebooks
from autograder.grading.marked import CourseNotebooks, Submission, could_not_tell
from autograder.grading.marking import mark_submission
from autograder.process.warm import Zygote

REPOSITORY = Path(__file__).parents[2]
FILES = sorted((REPOSITORY / "tests" / "answers").glob("*/*/*.py"))
COURSE = open_course(REPOSITORY)
ASSIGNMENTS = ("variant2", "variant3")
RELEASED = {
    (language, name): nbformat.read(REPOSITORY / "release" / language / name / f"{name}.ipynb", as_version=4)
    for language in ("ru", "en")
    for name in ASSIGNMENTS
}
SOURCES = {name: nbformat.read(REPOSITORY / "source" / name / f"{name}.ipynb", as_version=4) for name in ASSIGNMENTS}


@cache
def notebooks_of(assignment: str) -> CourseNotebooks:
    return course_notebooks(COURSE.assignment(assignment))


def unearned(zygote: Zygote, assignment: str, text: bytes) -> tuple[list[str], list[str]]:
    """The tests that a submission loses and those left to a person; nothing else may need attention."""
    course = notebooks_of(assignment)
    marked = mark_submission(course, Submission("anna", {assignment: text}, {}, seed=1), zygote, Limits())[assignment]
    tests = [cell for cell in marked.notebook.cells if cell.cell_type == "code" and is_grade(cell)]
    assert marked.attention == ()
    open_tests = [cell for cell in tests if could_not_tell(cell)]
    lost = [cell for cell in tests if cell not in open_tests and determine_grade(cell)[0] == 0]
    return _names(lost), _names(open_tests)


def _names(tests: list[NotebookNode]) -> list[str]:
    return sorted(cell.metadata.nbgrader.grade_id for cell in tests)


def handed_in(path: Path) -> tuple[str, bytes]:
    """The assignment, and the notebook that an answer file makes, in one language or the other."""
    assignment, answers = path.parts[-3], read(path)
    language = ("ru", "en")[len(path.stem) % 2]
    notebook = submission(RELEASED[language, assignment], SOURCES[assignment], answers)
    return assignment, nbformat.writes(notebook).encode()


def read(path: Path) -> AnswerFile:
    return own_left_out(path.parts[-3], read_answers(path.read_text(encoding="utf-8"), path.name))


def each(files: list[Path], one_in: int, kind: Callable[[Path], Hashable] = lambda _path: None) -> pytest.MarkDecorator:
    """A sample of the answers, with some of each kind; test_answers.py judges all."""
    return pytest.mark.parametrize(
        "path",
        [
            pytest.param(
                path,
                id=f"{path.parts[-3]}-{path.stem}",
                marks=pytest.mark.sampled(one_in=one_in, kind=kind(path)),
            )
            for path in files
        ],
    )


def first_unearned(path: Path) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    answers = read(path)
    return path.parts[-3], answers.loses[:1], answers.undecided[:1]


@each(FILES, one_in=16, kind=first_unearned)
def test_an_answer_earns_in_the_examiner_what_its_header_says(zygote, path):
    answers = read(path)
    assert unearned(zygote, *handed_in(path)) == (sorted(answers.loses), sorted(answers.undecided))


def test_the_reference_with_its_experiments_earns_everything(zygote):
    for assignment, source in SOURCES.items():
        assert unearned(zygote, assignment, nbformat.writes(source).encode()) == ([], [])


@pytest.mark.parametrize("assignment", SOURCES)
def test_predictions_that_are_broken_cost_nothing(zygote, assignment):
    notebook = submission(RELEASED["en", assignment], SOURCES[assignment], AnswerFile())
    students = [cell for cell in notebook.cells if cell.cell_type == "code" and "nbgrader" not in cell.metadata]
    guesses = [cell for cell in students if "..." in cell.source]
    assert len(guesses) >= 5
    for cell, broken in zip(guesses, cycle(["1 / 0", "((", "float('nan')", "type('Odd', (), {'__eq__': None})()"])):
        cell.source = cell.source.replace("...", broken)
    assert unearned(zygote, assignment, nbformat.writes(notebook).encode()) == ([], [])


@pytest.mark.parametrize("dtype", ["float64", "bfloat16"])
@pytest.mark.parametrize("place", [0, 3], ids=["before all", "after the set-up"])
def test_another_default_dtype_costs_nothing(zygote, dtype, place):
    for assignment, released in ((name, RELEASED["en", name]) for name in SOURCES):
        notebook = submission(released, SOURCES[assignment], AnswerFile())
        cell = nbformat.v4.new_code_cell(f"import torch\ntorch.set_default_dtype(torch.{dtype})", id="dtype")
        notebook.cells.insert(place, cell)
        assert unearned(zygote, assignment, nbformat.writes(notebook).encode()) == ([], [])


@pytest.fixture
def busy_machine(zygote: Zygote) -> Iterator[None]:
    """Two other processes for each core that take all the time they can get."""
    zygote.start()
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * os.cpu_count())]
    yield
    for process in busy:
        process.kill()
        process.wait()


@pytest.mark.usefixtures("busy_machine")
@each([path for path in FILES if path.parts[-2] == "right"][::8], one_in=32)
def test_no_right_answer_loses_a_point_on_a_busy_machine(zygote, path):
    lost, undecided = unearned(zygote, *handed_in(path))
    assert (lost, undecided) == (sorted(read(path).loses), sorted(read(path).undecided))
