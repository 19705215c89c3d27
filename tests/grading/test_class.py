"""A class whose marking is killed again and again: a sample here, 300 students and five kills in `make class`."""

import contextlib
import itertools
import json
import os
import random
import sqlite3
import time
from multiprocessing import get_context
from pathlib import Path
from shutil import copy, copytree

import nbformat

from autograder.course.answers import read_answers, submission
from grading.small_course import grade

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT = "variant3"
STUDENTS = int(os.environ.get("CONVLAB_CLASS", "8"))
KILLS = 5 if "CONVLAB_CLASS" in os.environ else 1


def make_class(root: Path, students: int = STUDENTS) -> dict[str, set[str]]:
    """A course with submissions made of answer files; the tests that each student should lose."""
    copytree(REPOSITORY / "source", root / "source")
    copy(REPOSITORY / "nbgrader_config.py", root)
    source = nbformat.read(REPOSITORY / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    released = nbformat.read(REPOSITORY / "release" / "ru" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    files = itertools.cycle(sorted((REPOSITORY / "tests" / "answers" / ASSIGNMENT).glob("*/*.py"))[::5])
    loses = {}
    for number, path in zip(range(students), files, strict=False):
        answers = read_answers(path.read_text(encoding="utf-8"), path.name)
        folder = root / "submitted" / f"student{number:03}" / ASSIGNMENT
        folder.mkdir(parents=True)
        nbformat.write(submission(released, source, answers), folder / f"{ASSIGNMENT}.ipynb")
        loses[f"student{number:03}"] = set(answers.unearned)
    return loses


def results(root: Path) -> list[dict]:
    """The results of marking, for a program."""
    code, said = grade(root, "--json", assignment=ASSIGNMENT)
    assert code in (0, 1), said  # 1: some check could not tell
    return json.loads(said)


def lost(results: list[dict]) -> dict[str, set[str]]:
    return {
        result["student"]: {mark["check"] for mark in result["marks"] if mark["points"] != mark["max_points"]}
        for result in results
    }


def rows(root: Path) -> list[tuple]:
    """Every grade in the gradebook."""
    with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as gradebook:
        return gradebook.execute(
            "select submitted_assignment.student_id, base_cell.name, auto_score, manual_score, needs_manual_grade"
            " from grade join base_cell on base_cell.id = cell_id"
            " join submitted_notebook on submitted_notebook.id = grade.notebook_id"
            " join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id order by 1, 2"
        ).fetchall()


def test_marks_survive_a_driver_that_is_killed(tmp_path):
    loses = make_class(tmp_path / "disturbed")
    copytree(tmp_path / "disturbed", tmp_path / "undisturbed")
    begin = time.monotonic()
    assert lost(results(tmp_path / "undisturbed")) == loses
    seconds = time.monotonic() - begin

    moments = random.Random(1)
    for _ in range(KILLS):
        driver = get_context("fork").Process(target=grade, args=(tmp_path / "disturbed",), kwargs={"assignment": ASSIGNMENT})
        driver.start()
        driver.join(moments.uniform(0.5, 1.5) * seconds / (KILLS + 1))
        driver.kill()
        driver.join()

    assert lost(results(tmp_path / "disturbed")) == loses
    assert rows(tmp_path / "disturbed") == rows(tmp_path / "undisturbed")
    assert sorted(path.name for path in (tmp_path / "disturbed" / "autograded").iterdir()) == sorted(loses)
