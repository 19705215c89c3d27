"""Marks that move: what is recorded of them, what a dry run tells, and that a run cut off loses none."""

import json
import os
import signal
from hashlib import sha256
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy.orm import Session

from autograder.classroom.history import moves_of
from autograder.grading import Course, carry_out, open_course, plan
from autograder.grading import moves as record
from autograder.grading.moves import MOVES, Move, read_moves
from autograder.process.warm import Zygote
from grading.small_course import answered, grade, hand_in, make_course, source_notebook, write

WRONG_DOUBLE = "def double(n):\n    return 6"
ALL_MOVE = [("anna", 3, 1, ["cell sums/test_double"]), ("boris", 3, 1, ["cell sums/test_double"])]


def cut_off(course: Course, moment: str) -> None:
    """Mark, and be killed at this moment: in a process of its own, a copy of this one."""
    whole, commit, recorded = record._append, Session.commit, []

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def append(path: Path, line: str) -> None:
        if moment == "within a line":
            with path.open("a") as file:
                file.write(line[:50])
            die()
        whole(path, line)
        recorded.append(line)
        if moment == "after the line":
            die()

    def commit_and_die(session: Session) -> None:
        commit(session)
        if recorded:
            die()

    record._append, Session.commit = append, commit_and_die
    grade(course.root, "--jobs", "1")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, zygote: Zygote) -> Path:
    """Two students with full marks for their tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_NO_CONFIG", "1")
        root = make_course(tmp_path_factory.mktemp("course"))
        hand_in(root, "anna", answered())
        hand_in(root, "boris", answered())
        mark(open_course(root), zygote)
    return root


@pytest.fixture
def course(marked: Path, tmp_path: Path, monkeypatch) -> Course:
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    return open_course(Path(copytree(marked, tmp_path / "course")))


def mark(course: Course, zygote: Zygote) -> None:
    assert all(result.marks for result in carry_out(plan(course.assignment("sums")), zygote))


def change_test(course: Course) -> None:
    """Both answers double 3 to 6, and this wants 7."""
    source = source_notebook()
    source.cells[3].source = source.cells[3].source.replace("answer.double(x) == 6", "answer.double(x) == 7")
    write(source, course.root / "source" / "sums" / "sums.ipynb")


def told(moves: list[Move]) -> list[tuple]:
    """Who, from what to what, because of what."""
    return [
        (
            each.student,
            each.before and each.before.mark,
            each.now.mark,
            [f"{c.kind} {c.what}".strip() for c in each.because],
        )
        for each in moves
    ]


def everything(folder: Path) -> dict[str, tuple[int, str]]:
    """When each file was written, and what is in it."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_move_is_recorded_with_what_it_is_because_of(course, zygote, monkeypatch):
    change_test(course)
    mark(course, zygote)
    installed = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "9.9" if name == "torch" else installed(name))
    write(source_notebook(), course.root / "source" / "sums" / "sums.ipynb")
    mark(course, zygote)
    hand_in(course.root, "anna", answered(double=WRONG_DOUBLE))
    mark(course, zygote)
    mark(course, zygote)

    found = moves_of(course)

    both = [f"version torch {installed('torch')} → 9.9", "cell sums/test_double"]
    assert told(found) == [
        ("anna", None, 3, ["new"]),
        ("boris", None, 3, ["new"]),
        *ALL_MOVE,
        ("anna", 1, 3, both),
        ("boris", 1, 3, both),
        ("anna", 3, 1, ["submission"]),
    ]
    assert found[-1].cells == {"sums/test_double": (2, 0)}
    assert len((course.root / MOVES).read_text().splitlines()) == len(found)


@pytest.mark.parametrize(
    ("moment", "whole_lines"), [("within a line", 4), ("after the line", 5), ("after the transaction", 4)]
)
def test_a_run_that_is_killed_loses_no_move_and_tells_none_twice(course, zygote, moment, whole_lines):
    change_test(course)
    killed = get_context("fork").Process(target=cut_off, args=(course, moment))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert told(moves_of(course))[2:] == (ALL_MOVE[:1] if moment == "after the transaction" else [])

    mark(course, zygote)

    assert told(moves_of(course))[2:] == ALL_MOVE
    assert len(read_moves(course.root / MOVES)) == whole_lines


def test_a_dry_run_tells_what_would_move_and_writes_nothing(course, zygote):
    change_test(course)
    hand_in(course.root, "clara", answered())
    before = everything(course.root)

    code, said = grade(course.root, "--dry-run")
    as_json = json.loads(grade(course.root, "--dry-run", "--json")[1])

    assert everything(course.root) == before
    rows = [" ".join(line.split()) for line in said.splitlines()]
    for student in ("anna", "boris"):
        assert rows.index(f"{student} 3 → 1 sums/test_double 2 → 0") > rows.index("Cells of the course: sums/test_double:")
    assert rows.index("clara – → 1") == rows.index("First marked:") + 1
    assert code == 0 and "Nothing was written: this was --dry-run." in rows
    moved = {each["student"]: each["now"]["points"]["sums/test_double"] for each in as_json}
    assert moved == {"anna": 0, "boris": 0, "clara": 0}

    mark(course, zygote)
    assert told(moves_of(course))[2:] == [*ALL_MOVE, ("clara", None, 1, ["new"])]


def test_a_record_that_cannot_be_written_moves_no_mark(course):
    change_test(course)
    (course.root / MOVES).rename(course.root / "moves.old")
    (course.root / MOVES).mkdir()
    code, said = grade(course.root)
    assert code == 2, said
    assert "moves.jsonl" in said
