"""Classes to measure with: submissions made of the answer files, in a course of their own."""

import itertools
import shutil
from pathlib import Path

import nbformat

from autograder.course.answers import read_answers, submission

REPOSITORY = Path(__file__).parents[1]
ASSIGNMENTS = ("variant2", "variant3")
STOCK = '\nc.pop("Autograde", None)  # nbgrader as it is\nc.Execute.timeout = 120\n'


def make_class(root: Path, students: int, stock: bool = False, only_right: bool = False) -> dict[str, list[str]]:
    """A course in which half of the students did each assignment; who did which.

    Their answers are evenly taken from the corpus, or from the right ones among it.
    """
    new_course(root, stock)
    did = {assignment: [] for assignment in ASSIGNMENTS}
    files = {assignment: _answers(assignment, students // 2, only_right) for assignment in ASSIGNMENTS}
    for number in range(students):
        assignment, student = ASSIGNMENTS[number % 2], f"student{number:03}"
        folder = root / "submitted" / student / assignment
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_text(_handed_in(assignment, next(files[assignment])), "utf-8")
        did[assignment].append(student)
    return did


def new_course(root: Path, stock: bool = False) -> None:
    """The course as it is before anybody has handed in, for this grader or for nbgrader as it comes."""
    shutil.copytree(REPOSITORY / "source", root / "source")
    configuration = (REPOSITORY / "nbgrader_config.py").read_text("utf-8") + (STOCK if stock else "")
    (root / "nbgrader_config.py").write_text(configuration, "utf-8")


def _answers(assignment: str, count: int, only_right: bool) -> itertools.cycle:
    kinds = "right" if only_right else "*"
    files = sorted((REPOSITORY / "tests" / "answers" / assignment).glob(f"{kinds}/*.py"))
    return itertools.cycle([files[place * len(files) // count] for place in range(count)])


def _handed_in(assignment: str, path: Path) -> str:
    """The notebook as a student hands it in: with what its cells showed."""
    source = nbformat.read(REPOSITORY / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    released = nbformat.read(REPOSITORY / "release" / "ru" / assignment / f"{assignment}.ipynb", as_version=4)
    notebook = submission(released, source, read_answers(path.read_text("utf-8"), path.name))
    shown = {cell.id: cell.outputs for cell in source.cells if cell.cell_type == "code"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = shown[cell.id]
    return nbformat.writes(notebook)
