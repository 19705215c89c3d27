"""A gradebook in PostgreSQL is as one in SQLite: the same marks and moves, cut off or not, one or two at work."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import postgresql
import psycopg
import pytest
from cli.conftest import run  # noqa: F401  (a fixture)
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback

from autograder.classroom.due import set_due_date, set_extension
from autograder.classroom.gather import gather
from autograder.classroom.history import moves_of
from autograder.classroom.late import final_marks, follow_dates
from autograder.classroom.roster import take_roster
from autograder.grading import (
    Assignment,
    Course,
    CourseFault,
    carry_out,
    copy_of_gradebook,
    database,
    driver,
    open_course,
    plan,
)
from autograder.grading.gradebook import open_gradebook
from autograder.grading.locking import sole_writer
from autograder.grading.moves import Move, moves_file, read_moves
from autograder.kinds import FaultKind
from autograder.process.warm import Zygote
from grading.here import Here
from grading.small_course import answered, bare_environment, grade, hand_in, make_course

WRONG_HALF = "def half(n):\n    return n"
DUE = datetime(2026, 11, 5, 15)
POLICY = 'c.AssignLatePenalties.plugin_class = "autograder.classroom.penalty.PenaltyByDay"\n'
KILLED_IN_ITS_SECOND_TRANSACTION = """
import os, signal
from autograder.cli import main
from autograder.grading.moves import Record

add, added = Record.add, []

def add_and_die(self, *given):
    add(self, *given)
    added.append(given)
    if len(added) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

Record.add = add_and_die
main(["grade", "sums"])
"""


@pytest.fixture(scope="module")
def server() -> Iterator[postgresql.Server]:
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine")
    with postgresql.server(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def on_either(request, tmp_path, monkeypatch) -> Course:
    return made(tmp_path, monkeypatch, request.getfixturevalue("server") if request.param == "postgresql" else None)


@pytest.fixture
def on_postgresql(server, tmp_path, monkeypatch) -> Course:
    return made(tmp_path, monkeypatch, server)


def made(root: Path, monkeypatch: pytest.MonkeyPatch, server: postgresql.Server | None) -> Course:
    """A course of two students, one of them late, whose gradebook is on the server, if there is one."""
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    monkeypatch.setattr(driver, "Workers", Here)
    make_course(root)
    with (root / "nbgrader_config.py").open("a") as configuration:
        configuration.write(POLICY)
        if server:
            configuration.write(f"c.CourseDirectory.db_url = {server.new_database()!r}\n")
    hand_in(root, "anna", answered(conclusion="In my words."))
    hand_in(root, "boris", answered(conclusion="In mine.", half=WRONG_HALF))
    hand_in(root, "boris", f"{DUE + timedelta(days=1, hours=1)} UTC", name="timestamp.txt")
    return open_course(root)


def mark(course: Course, zygote: Zygote, force: bool = False) -> None:
    assert all(result.marks for result in carry_out(plan(Assignment(course, "sums"), force=force), zygote))


def mark_by_hand(gradebook: Gradebook, student: str, cell: str, points: float) -> None:
    """As formgrader does, but for the end of the transaction."""
    found = gradebook.find_grade(cell, "sums", "sums", student)
    found.manual_score, found.needs_manual_grade = points, False
    gradebook.db.flush()


def kept(course: Course) -> list[tuple]:
    """All that the gradebook holds of each submission, but for its keys."""
    with Gradebook(course.db_url, "small") as gradebook:
        return sorted(
            (each.student.id, each.timestamp, each.extension, each.score, notebook.late_submission_penalty,
             grade.name, grade.auto_score, grade.manual_score, grade.max_score, grade.needs_manual_grade)
            for each in gradebook.assignment_submissions("sums")
            for notebook in each.notebooks
            for grade in notebook.grades
        )  # fmt: skip


def what_moved(moves: list[Move]) -> list[tuple]:
    return [(move.student, move.before and move.before.mark, move.now.mark, move.because) for move in moves]


def a_term(course: Course, zygote: Zygote) -> tuple:
    """What all commands find, from the class list to feedback, and that a rehearsal writes nothing."""
    (course.root / "list.csv").write_text(
        "login,email,last name,first name\nanna,a@x.org,Á,Анна\nvera,v@x.org,V,Vera\n"
    )
    listed = take_roster(course, course.root / "list.csv")
    mark(course, zygote)
    with open_gradebook(course) as gradebook:
        mark_by_hand(gradebook, "anna", "conclusion", 1.5)
        gradebook.db.commit()
        set_due_date(gradebook, "sums", DUE)
        set_extension(course, gradebook, "sums", "anna", DUE + timedelta(days=2))
        follow_dates(course, gradebook, "sums")
        final = final_marks(course, gradebook, "sums")
    record = gather(Assignment(course, "sums"))
    before = kept(course)
    with copy_of_gradebook(course) as copy:
        rehearsed = kept(copy)
        hand_in(course.root, "boris", answered(conclusion="In mine."))
        list(carry_out(plan(Assignment(copy, "sums")), zygote, folders=False))
        would_move = what_moved(read_moves(moves_file(copy)))
    assert rehearsed == before == kept(course)
    directory = course.directory(assignment_id="sums")
    GenerateFeedback(coursedir=directory, config=course.config).start()
    pages = sorted(path.name for path in (course.root / "feedback").rglob("*.html"))
    points = [(work.student, work.standing, work.by_hand, work.checked) for work in record.works]
    found = listed, final, before, would_move, pages, points, record.missing, record.names
    return *found, what_moved(moves_of(course, "sums"))


def test_a_term_is_the_same_on_either(server, zygote, tmp_path, monkeypatch):
    found = [a_term(made(tmp_path / name, monkeypatch, on), zygote) for name, on in [("lite", None), ("gre", server)]]
    assert found[0] == found[1]


def test_what_is_killed_and_run_again_loses_nothing_and_does_nothing_twice(on_postgresql, zygote, tmp_path):
    undisturbed = open_course(copytree(on_postgresql.root, tmp_path / "undisturbed"))
    undisturbed.config.CourseDirectory.db_url = f"sqlite:///{undisturbed.root}/gradebook.db"
    mark(undisturbed, zygote)

    command = [sys.executable, "-c", KILLED_IN_ITS_SECOND_TRANSACTION]
    killed = subprocess.run(command, cwd=on_postgresql.root, env=bare_environment(), stdout=subprocess.DEVNULL)
    assert killed.returncode == -signal.SIGKILL
    until_nobody_is_at_work(on_postgresql)
    assert len({row[0] for row in kept(on_postgresql)}) == len(moves_of(on_postgresql)) == 1
    code, said = grade(on_postgresql.root)

    assert (code, "unchanged, marks kept: 1" in said) == (0, True), said
    assert kept(on_postgresql) == kept(undisturbed)
    assert sorted(what_moved(moves_of(on_postgresql))) == sorted(what_moved(moves_of(undisturbed)))


def until_nobody_is_at_work(course: Course) -> None:
    """Wait in the queue for the lock, which the server takes from who was killed as soon as it notices."""
    with psycopg.connect(course.db_url.replace("+psycopg", "")) as connection:
        connection.execute(
            "SELECT pg_advisory_lock(classid::bigint << 32 | objid::bigint) FROM pg_locks WHERE locktype = 'advisory'"
        )


def test_who_comes_second_is_told_who_is_at_work(on_postgresql, run, tmp_path):  # noqa: F811
    elsewhere = copytree(on_postgresql.root, tmp_path / "on another machine")
    with sole_writer(on_postgresql):
        second = run("grade", "sums", "--jobs", "1", folder=elsewhere)
    with sole_writer(open_course(elsewhere)):
        pass

    assert second.exit_code == 2
    assert (
        f"is at work in this course already: on {os.uname().nodename[:16]}, process {os.getpid()}, since 20"
        in second.output
    )


def test_marks_by_hand_while_a_class_is_marked_are_kept(on_either, zygote, monkeypatch):
    """The person has just marked what formgrader shows, in a transaction that still lasts, as new marks are stored."""
    course, store = on_either, driver.store
    mark(course, zygote)
    hand_in(course.root, "boris", answered(conclusion="In mine."))

    def store_meanwhile(gradebook, assignment, student, *given):
        written, go_on = threading.Event(), threading.Event()

        def person() -> None:
            with Gradebook(course.db_url, "small") as opened:
                mark_by_hand(opened, student, "conclusion", 1.5)
                mark_by_hand(opened, student, "test_half", 0.5)
                written.set()
                go_on.wait()
                opened.db.commit()

        marking = threading.Thread(target=person)
        marking.start()
        written.wait()
        go_on.set()
        entries = store(gradebook, assignment, student, *given)
        marking.join()
        return entries

    monkeypatch.setattr(driver, "store", store_meanwhile)
    mark(course, zygote, force=True)

    by_hand = {(row[0], row[5]): row[6:] for row in kept(course) if row[7] is not None}
    assert by_hand == {
        ("anna", "conclusion"): (None, 1.5, 2, False),
        ("anna", "test_half"): (1, 0.5, 1, False),
        ("boris", "conclusion"): (None, 1.5, 2, False),
        ("boris", "test_half"): (1, 0.5, 1, True),  # the person has not seen the new answer
    }
    moved = {move.student: (move.before.points, move.now.points) for move in moves_of(course) if move.before}
    assert moved == {}  # by the program: what moved, the person did


def test_a_gradebook_that_another_program_keeps_to_itself_is_told_and_not_waited_for_without_end(tmp_path, monkeypatch):
    course = made(tmp_path, monkeypatch, None)
    plan(Assignment(course, "sums"))
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0)
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as other, pytest.raises(CourseFault) as told:
        other.execute("BEGIN IMMEDIATE")
        plan(Assignment(course, "sums"))
    assert told.value.fault is FaultKind.GRADEBOOK_BUSY


@pytest.mark.parametrize(
    ("address", "fault", "said"),
    [
        ("postgresql+psycopg://anna:secret@/convlab?host=/nowhere", FaultKind.NO_DATABASE, "/nowhere"),
        ("postgres://anna:secret@example.org/convlab", FaultKind.BAD_DB_URL, "postgres"),
        ("postgresql+pg8000://anna:secret@example.org/convlab", FaultKind.BAD_DB_URL, "pg8000"),
        ("convlab:secret", FaultKind.BAD_DB_URL, "convlab"),
    ],
)
def test_a_gradebook_that_cannot_be_reached_is_told_without_its_password(tmp_path, monkeypatch, address, fault, said):
    course = made(tmp_path, monkeypatch, None)
    course.config.CourseDirectory.db_url = address
    with pytest.raises(CourseFault) as told, sole_writer(course):
        pass
    assert told.value.fault is fault
    assert said in str(told.value.details) and "secret" not in str(told.value.details)
