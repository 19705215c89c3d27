"""Whatever fails while one student's submission is taken, marked or written, the others are whole, and the next run goes on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import getattr_static
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from autograder.grading import carry_out, driver, gradebook, open_course, plan, planning, workers
from autograder.grading.guard import guarded
from autograder.grading.inventory import inventory
from autograder.grading.names import suggested_name
from autograder.grading.results import Marked, NotMarked
from autograder.kinds import FaultKind
from grading.here import Here
from grading.small_course import answered, hand_in, make_course

ROOM = str(Path(gradebook.__file__).parent)
BORIS = "boris"
MECHANISM = {"guarded", "for_one", "examine"}  # what keeps an error to one student: an error in itself it can't


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    for student in ("anna", BORIS):
        hand_in(root, student, answered())
    return open_course(root)


class Injected(Exception):
    pass


@contextmanager
def watched(steps: list[CodeType], fail_at: CodeType | None = None) -> Iterator[None]:
    """Notes each function of `grading/` that is called for Boris in this process; the one to fail raises instead."""
    ours = os.getpid()

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(ROOM) or os.getpid() != ours:
            return
        arguments = [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount]]
        if any(_is_boris(each) for each in arguments) and code.co_name not in MECHANISM:
            if code not in steps:
                steps.append(code)
            if code is fail_at:
                raise Injected(code.co_name)

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


def _is_boris(value: Any) -> bool:
    named = value if isinstance(value, str) else getattr_static(value, "student", "")  # a handle has no attributes
    return type(named) is str and named == BORIS


def marked(course, zygote) -> dict[str, Any]:
    """The results of a run that marks everything anew."""
    return {result.student: result for result in carry_out(plan(course.assignment("sums"), force=True), zygote)}


@pytest.fixture
def prepared(course, monkeypatch):
    """The course, whose source goes through nbgrader once and not for each run."""
    plan(course.assignment("sums"))
    notebooks = driver.course_notebooks(course.assignment("sums"))
    monkeypatch.setattr(planning, "update_gradebook", lambda *_: None)
    monkeypatch.setattr(driver, "course_notebooks", lambda *_: notebooks)
    monkeypatch.setattr(driver, "Workers", Here)
    return course


def whole(course) -> dict[str, float]:
    with gradebook.open_gradebook(course) as opened:
        return {each.student.id: each.score for each in opened.assignment_submissions("sums")}


def test_an_error_at_any_step_costs_that_student_alone(prepared, zygote):
    course = prepared
    steps: list[CodeType] = []
    with watched(steps):
        assert isinstance(marked(course, zygote)[BORIS], Marked)
        plan(course.assignment("sums"))
    assert {"_look_at", "_taken", "stored", "store", "collect", "submission_fingerprint"} <= {
        code.co_name for code in steps
    }
    for step in steps:
        with watched([], fail_at=step):
            assert [name for name, _why in plan(course.assignment("sums")).to_mark] in ([], [BORIS]), step.co_name
            results = marked(course, zygote)
        assert results["anna"].points == 3, step.co_name
        boris = results[BORIS]
        assert isinstance(boris, Marked) or (boris.fault, boris.details["error"]) == (
            FaultKind.ENGINE, f"Injected: {step.co_name}",
        ), step.co_name  # fmt: skip
        assert whole(course) == {"anna": 3, BORIS: 3}, step.co_name
    results = marked(course, zygote)
    assert [result.points for result in results.values()] == [3, 3]


@pytest.mark.parametrize("step", ["give", "take"])
def test_a_submission_that_cannot_go_to_a_worker_or_come_back_costs_nobody_else(course, zygote, monkeypatch, step):
    whole_step = getattr(workers._Worker, step)

    def fail(worker: Any, *given: Any) -> Any:
        student = given[0].student if given else worker.student
        done = whole_step(worker, *given) if step == "take" or student != BORIS else None
        if student == BORIS:
            raise MemoryError
        return done

    monkeypatch.setattr(workers._Worker, step, fail)
    hand_in(course.root, "clara", answered())
    results = marked(course, zygote)
    assert results[BORIS].fault is FaultKind.ENGINE
    assert whole(course) == {"anna": 3, "clara": 3}


@pytest.mark.parametrize("step", ["_store_notebook", "set_penalties", "submission_of"])
def test_what_the_gradebook_did_not_take_leaves_nothing_in_it(prepared, zygote, monkeypatch, step):
    def fail(*_arguments: Any) -> None:
        raise Injected(step)

    course = prepared
    hand_in(course.root, "anna", answered()).unlink()
    with monkeypatch.context() as patched:
        patched.setattr(gradebook, step, fail)
        results = marked(course, zygote)
    assert isinstance(results[BORIS], NotMarked)
    assert whole(course) == {}
    assert not (course.root / "autograded" / BORIS / "sums").exists()
    assert marked(course, zygote)[BORIS].points == 3
    assert whole(course) == {BORIS: 3}


def test_a_folder_that_cannot_be_written_is_told_before_the_gradebook_is_touched(prepared, zygote):
    course = prepared
    (course.root / "autograded").mkdir()
    (course.root / "autograded" / BORIS).write_text("in the way")
    results = marked(course, zygote)
    assert (results[BORIS].fault, results[BORIS].details["file"]) == (FaultKind.NOT_WRITTEN, "autograded/boris")
    assert whole(course) == {"anna": 3}


def test_an_error_of_any_length_is_told_in_short():
    def fail() -> None:
        raise ValueError("x" * 10**6)

    assert len(guarded(BORIS, fail).details["error"]) < 1_000


def test_a_folders_inventory_leaves_out_what_nbgrader_leaves_out(tmp_path):
    for name in ("a.txt", ".hidden", ".ipynb_checkpoints/a.txt", "deep/__pycache__/a.pyc", "deep/b.pyc", "deep/.c.pyc"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "link").symlink_to("deep")

    found = inventory(tmp_path, [".ipynb_checkpoints", "*.pyc", "__pycache__", ".git?"], "here")

    assert (sorted(found.files), sorted(found.others)) == ([".hidden", "a.txt", "deep/.c.pyc"], ["link"])


@pytest.mark.parametrize("name", ["Иванов Пётр", "Щукина-lab2", "юлия (1)"])
@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_a_name_of_an_old_archive_is_suggested(name, encoding):
    assert suggested_name(os.fsdecode(name.encode(encoding))) == name


def test_a_name_that_was_cut_within_a_letter_is_suggested_without_it():
    assert suggested_name(os.fsdecode("Константинопольская".encode()[:-1])) == "Константинопольска"
