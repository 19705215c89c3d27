"""The driver: marks come one by one, and stay."""

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.grading import Limits, carry_out, open_course, plan
from autograder.process.warm import Zygote
from grading.small_course import answered, hand_in, make_course


def test_an_interruption_keeps_what_was_marked(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    for student in ("anna", "boris"):
        hand_in(root, student, answered())
    course = open_course(root)

    with Zygote(Limits()) as zygote:
        marking = carry_out(course, plan(course, "sums"), zygote)
        first = next(marking)
        marking.close()

    rest = plan(course, "sums")
    assert (first.student, first.why, first.points) == ("anna", "new", 3)
    assert [result.student for result in rest.unchanged] == ["anna"]
    assert rest.to_mark == (("boris", "new"),)


def test_the_tables_of_a_new_gradebook_have_the_version_that_nbgrader_gives_them(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    root = make_course(tmp_path)
    hand_in(root, "anna", answered())
    plan(open_course(root), "sums")
    with Gradebook(f"sqlite:///{tmp_path / 'stock.db'}"):
        pass

    def version(database: str) -> list[tuple[str]]:
        with contextlib.closing(sqlite3.connect(tmp_path / database)) as gradebook:
            return gradebook.execute("select version_num from alembic_version").fetchall()

    assert version("gradebook.db") == version("stock.db") != []
