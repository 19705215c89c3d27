"""A class whose marking is killed again and again: a sample here, 300 students and five kills in `make class`."""

import contextlib
import itertools
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from shutil import copy, copytree

import nbformat

from autograder.course.answers import read_answers, submission
from grading.small_course import bare_environment

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT = "variant3"
STUDENTS = int(os.environ.get("CONVLAB_CLASS", "8"))
KILLS = 5 if "CONVLAB_CLASS" in os.environ else 1
GRADE = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]


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


def grade(root: Path, *options: str) -> list[dict]:
    """The results of marking, for a program."""
    done = subprocess.run(
        [*GRADE, *options, "--json"], cwd=root, env=bare_environment(), capture_output=True, text=True
    )
    assert done.returncode in (0, 1) and not done.stderr, done.stdout + done.stderr  # 1: some check could not tell
    return json.loads(done.stdout)["submissions"]


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
    assert lost(grade(tmp_path / "undisturbed")) == loses
    seconds = time.monotonic() - begin

    moments = random.Random(2)  # whose first is late enough for some to be marked
    for _ in range(KILLS):
        with subprocess.Popen(
            GRADE,
            cwd=tmp_path / "disturbed",
            env=bare_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as driver:
            with contextlib.suppress(subprocess.TimeoutExpired):
                driver.wait(moments.uniform(0.5, 1.5) * seconds / (KILLS + 1))
            driver.kill()

    assert lost(grade(tmp_path / "disturbed")) == loses
    assert rows(tmp_path / "disturbed") == rows(tmp_path / "undisturbed")
    assert sorted(path.name for path in (tmp_path / "disturbed" / "autograded").iterdir()) == sorted(loses)
