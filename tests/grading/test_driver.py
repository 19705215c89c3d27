"""The driver: marks come one by one, and stay."""

import contextlib
import copy
import json
import multiprocessing
import os
import sqlite3
import sys
from datetime import datetime
from functools import partial
from importlib import metadata
from pathlib import Path

import pytest
from nbgrader.api import Base, Gradebook
from sqlalchemy import Engine, create_engine, event

from autograder.classroom.gather import gather
from autograder.grading import CourseFault, carry_out, open_course, plan
from autograder.grading.fingerprint import course_fingerprint
from autograder.grading.gradebook import open_gradebook, update_gradebook
from autograder.grading.moves import moves_file, read_moves
from autograder.grading.stamp import STAMP
from autograder.kinds import CauseKind, FaultKind
from grading.small_course import answered, hand_in, make_course, source_notebook, write


def test_an_interruption_keeps_what_was_marked(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    for student in ("anna", "boris"):
        hand_in(root, student, answered())
    course = open_course(root)

    marking = carry_out(plan(course.assignment("sums")), zygote)
    first = next(marking)
    marking.close()

    rest = plan(course.assignment("sums"))
    assert (first.student, first.why, first.points) == ("anna", "new", 3)
    assert [result.student for result in rest.unchanged] == ["anna"]
    assert rest.to_mark == (("boris", "new"),)


def test_a_run_that_is_given_up_before_its_first_result_leaves_no_worker(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    hand_in(make_course(tmp_path), "anna", answered())
    marking = carry_out(plan(open_course(tmp_path).assignment("sums")), zygote, jobs=2)
    assert len(multiprocessing.active_children()) == 2
    marking.close()
    assert multiprocessing.active_children() == []


def test_the_tables_of_a_new_gradebook_have_the_version_that_nbgrader_gives_them(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    root = make_course(tmp_path)
    hand_in(root, "anna", answered())
    plan(open_course(root).assignment("sums"))
    with Gradebook(f"sqlite:///{tmp_path / 'stock.db'}"):
        pass

    def version(database: str) -> list[tuple[str]]:
        with contextlib.closing(sqlite3.connect(tmp_path / database)) as gradebook:
            return gradebook.execute("select version_num from alembic_version").fetchall()

    assert version("gradebook.db") == version("stock.db") != []


def test_a_folder_that_was_renamed_in_a_submission_is_a_change(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    hand_in(root, "anna", answered())
    folder = root / "submitted" / "anna" / "sums"
    (folder / "helpers_old").mkdir()
    (folder / "helpers_old" / "halves.py").write_text("half = 0.5")
    course = open_course(root)
    (_marked,) = carry_out(plan(course.assignment("sums")), zygote)
    (folder / "helpers_old").rename(folder / "helpers")
    assert plan(course.assignment("sums")).to_mark == (("anna", "submission_changed"),)


def test_what_is_marked_first_is_new_even_when_it_is_forced(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    hand_in(root, "anna", answered())
    course = open_course(root)
    list(carry_out(plan(course.assignment("sums"), force=True), zygote))
    (move,) = read_moves(moves_file(course))
    assert [cause.kind for cause in move.because] == [CauseKind.NEW]


def test_a_time_that_is_taken_away_is_none_any_more(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    written = hand_in(root, "anna", "2026-03-02 12:00:00 UTC\n", name="timestamp.txt")
    hand_in(root, "anna", answered())
    course = open_course(root)

    def time_after_marking() -> datetime | None:
        list(carry_out(plan(course.assignment("sums")), zygote))
        with open_gradebook(course) as gradebook:
            return gradebook.find_submission("sums", "anna").timestamp

    assert time_after_marking() == datetime(2026, 3, 2, 12)
    written.unlink()
    assert time_after_marking() is None


def test_a_cell_that_was_added_since_the_class_was_marked_is_told(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    hand_in(root, "anna", answered())
    course = open_course(root)
    list(carry_out(plan(course.assignment("sums")), zygote))
    source = source_notebook()
    added = copy.deepcopy(next(cell for cell in source.cells if cell.id == "test_half"))
    added.id = added.metadata.nbgrader.grade_id = "test_new"
    source.cells.append(added)
    write(source, root / "source" / "sums" / "sums.ipynb")
    with pytest.raises(CourseFault) as raised:
        gather(course.assignment("sums"))
    assert raised.value.fault is FaultKind.CELLS_CHANGED


def test_a_submission_is_asked_the_same_again_and_another_something_else(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    course = open_course(root)

    def seed_after_marking(student: str) -> str:
        (_marked,) = carry_out(plan(course.assignment("sums"), student, force=True), zygote)
        written = (root / "autograded" / student / "sums" / "sums.ipynb").read_text(encoding="utf-8")
        return json.loads(written)["metadata"][STAMP]["seed"]

    for student in ("anna", "boris"):
        hand_in(root, student, answered())
    first, same, neighbours = map(seed_after_marking, ("anna", "anna", "boris"))
    hand_in(root, "anna", answered(half="def half(n):\n    return n / 2.0"))
    corrected = seed_after_marking("anna")
    hand_in(root, "anna", answered())
    handed_in_again = seed_after_marking("anna")

    assert first == same
    assert len({first, neighbours, corrected, handed_in_again}) == 4
    assert plan(course.assignment("sums")).to_mark == ()


@pytest.mark.parametrize("package", ["torch", "numpy", "ipython", "nbgrader"])
def test_another_version_of_what_decides_a_mark_is_another_course(tmp_path, monkeypatch, package):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    course = open_course(make_course(tmp_path))
    installed, now = metadata.version, course_fingerprint(course.assignment("sums"))
    assert course_fingerprint(course.assignment("sums")) == now
    monkeypatch.setattr(metadata, "version", lambda name: "9.9" if name == package else installed(name))
    assert course_fingerprint(course.assignment("sums")) != now


def test_a_seed_that_a_student_writes_is_none(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    notebook = answered()
    notebook.metadata[STAMP] = {"seed": "1", "submission": "1", "course": "1"}
    hand_in(root, "anna", notebook)
    course = open_course(root)
    (_marked,) = carry_out(plan(course.assignment("sums")), zygote)
    written = json.loads((root / "autograded" / "anna" / "sums" / "sums.ipynb").read_text(encoding="utf-8"))
    assert int(written["metadata"][STAMP]["seed"], 16) > 2**64


def test_where_a_process_may_not_be_forked_workers_are_started_anew(tmp_path, monkeypatch, zygote):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    monkeypatch.setattr("autograder.grading.workers.may_fork", lambda: False)
    hand_in(make_course(tmp_path), "anna", answered())
    (marked,) = carry_out(plan(open_course(tmp_path).assignment("sums")), zygote)
    assert marked.points == 3


def test_two_that_make_a_gradebook_at_once_hear_of_each_other(tmp_path, monkeypatch):
    """The tables appear while this one is about to make them."""
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    course = open_course(make_course(tmp_path))
    make_tables = Base.metadata.create_all

    def as_another_did(bind: Engine) -> None:
        make_tables(bind=bind)
        with contextlib.closing(sqlite3.connect(tmp_path / "gradebook.db")) as other:
            other.execute("create table alembic_version (version_num varchar(32))")

    monkeypatch.setattr(Base.metadata, "create_all", as_another_did)
    with pytest.raises(CourseFault) as raised:
        update_gradebook(course.assignment("sums"))

    assert raised.value.fault == "gradebook_busy"
    assert raised.value.details == {
        "file": str(tmp_path / "gradebook.db"), "error": "table alembic_version already exists"
    }  # fmt: skip


@pytest.mark.parametrize("has_tables", [False, True])
def test_a_gradebook_that_another_program_holds_is_named(tmp_path, monkeypatch, has_tables):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    course = open_course(make_course(tmp_path))
    if has_tables:
        update_gradebook(course.assignment("sums"))
    with contextlib.closing(sqlite3.connect(tmp_path / "gradebook.db")) as other:
        other.execute("begin exclusive" if not has_tables else "begin immediate")
        monkeypatch.setattr("nbgrader.api.create_engine", partial(create_engine, connect_args={"timeout": 0}))
        with pytest.raises(CourseFault) as raised:
            update_gradebook(course.assignment("sums"))

    assert (raised.value.fault, raised.value.details["error"]) == ("gradebook_busy", "database is locked")


def test_a_gradebook_that_may_not_be_written_is_named_as_that(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    course = open_course(make_course(tmp_path))
    update_gradebook(course.assignment("sums"))

    def read_only(*arguments, **options):
        engine = create_engine(*arguments, **options)
        event.listen(engine, "connect", lambda connection, _record: connection.execute("pragma query_only = 1"))
        return engine

    monkeypatch.setattr("nbgrader.api.create_engine", read_only)
    with pytest.raises(CourseFault) as raised:
        update_gradebook(course.assignment("sums"))

    assert (raised.value.fault, raised.value.details["error"]) == (
        "locked_gradebook", "attempt to write a readonly database"
    )  # fmt: skip


def test_a_configuration_that_may_not_be_read_is_named_as_that(tmp_path, monkeypatch):
    root = make_course(tmp_path)

    def refused(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refused)
    with pytest.raises(CourseFault) as raised:
        open_course(root)

    assert raised.value.fault == "unreadable"
    assert raised.value.details == {"file": "nbgrader_config.py", "error": "Permission denied"}


def test_a_gradebook_that_is_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    course = open_course(make_course(tmp_path))
    (tmp_path / "gradebook.db").write_text("no database, and long enough to be taken for one. " * 20)
    with pytest.raises(CourseFault) as raised:
        update_gradebook(course.assignment("sums"))
    assert (raised.value.fault, raised.value.details["error"]) == ("bad_gradebook", "file is not a database")
