"""Marks a class: finds what needs marking, then marks one submission after another or several at a time."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from autograder.grading.course import Course, assignments, open_course
from autograder.grading.marking import current_stamp, mark, read_marks, read_stamp, update_gradebook
from autograder.grading.results import CourseFault, Marked, NotMarked, Result
from autograder.grading.submissions import strangers, students


@dataclass(frozen=True)
class Plan:
    """What a run has to do: students to mark and why, those whose marks stand, those who handed in nothing."""

    to_mark: tuple[tuple[str, str], ...]
    unchanged: tuple[Marked, ...]
    nothing_submitted: tuple[str, ...]


def plan(course: Course, assignment: str, student: str | None = None, force: bool = False) -> Plan:
    """Bring the gradebook up to the source, then see who needs marking."""
    chosen = _chosen_students(course, assignment, student)
    update_gradebook(course, assignment)
    to_mark, unchanged, nothing_submitted = [], [], []
    for name in chosen:
        if not course.submitted(name, assignment).is_dir() and not strangers(course, name):
            nothing_submitted.append(name)
        elif why := "forced" if force else _why_to_mark(course, assignment, name):
            to_mark.append((name, why))
        else:
            unchanged.append(Marked(name, read_marks(course, assignment, name)))
    return Plan(tuple(to_mark), tuple(unchanged), tuple(nothing_submitted))


def _chosen_students(course: Course, assignment: str, student: str | None) -> tuple[str, ...]:
    """The students to look at; a `CourseFault` where the names given do not exist."""
    if assignment not in assignments(course):
        known = _nearest(assignment, assignments(course))
        raise CourseFault("unknown_assignment", assignment=assignment, known=known)
    submitted = course.submitted("", "")
    if not submitted.is_dir():
        raise CourseFault("nothing_submitted", folder=course.shown(submitted), assignment=assignment)
    known = students(course)
    if student is not None and student not in known:
        folder = course.shown(submitted)
        raise CourseFault("unknown_student", student=student, folder=folder, known=_nearest(student, known))
    return known if student is None else (student,)


def _nearest(name: str, known: Sequence[str]) -> str:
    """The names most like this one: a class is too long to list."""
    return ", ".join(get_close_matches(name, known, n=5, cutoff=0)) or "–"


def _why_to_mark(course: Course, assignment: str, student: str) -> str | None:
    """Why the marks of a student do not stand, if so."""
    then, now = read_stamp(course, assignment, student), current_stamp(course, assignment, student)
    if not then:
        return "new"
    return next((f"{what}_changed" for what in ("submission", "course") if then.get(what) != now[what]), None)


def carry_out(
    course: Course, assignment: str, to_do: Plan, jobs: int = 1, timeout: int | None = None
) -> Iterator[Result]:
    """Mark what the plan says; each result as soon as it is there."""
    whys = dict(to_do.to_mark)
    for result in _mark_all(course, assignment, list(whys), jobs, timeout):
        yield replace(result, why=whys[result.student]) if isinstance(result, Marked) else result


def _mark_all(
    course: Course, assignment: str, names: list[str], jobs: int, timeout: int | None
) -> Iterator[Result]:
    if jobs == 1:
        yield from (mark(course, assignment, name, timeout) for name in names)
        return
    # Each process starts its own kernel; what they share is the gradebook, whose writers SQLite lets in one by one.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_one_thread_a_kernel) as pool:
        futures = {pool.submit(_mark_in_process, course.root, assignment, name, timeout): name for name in names}
        try:
            for future in as_completed(futures):
                yield _result(future, futures[future])
        finally:
            pool.shutdown(cancel_futures=True)  # an interruption does not wait for the whole class


def _mark_in_process(root: Path, assignment: str, student: str, timeout: int | None) -> Result:
    return mark(open_course(root), assignment, student, timeout)


def _result(future: Future[Result], student: str) -> Result:
    """What came back from a process, or that it did not survive."""
    error = future.exception()
    return NotMarked(student, "engine", {"error": repr(error)}) if error else future.result()


def _one_thread_a_kernel() -> None:
    """Kernels that each use every core get in each other's way."""
    os.environ["OMP_NUM_THREADS"] = "1"
