"""Marks a class: finds what needs marking, has it marked by several processes, and alone writes what they found."""

import json
import shutil
import tempfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import nbformat

from autograder.checks.seeds import new_seed
from autograder.grading.course import Course, assignments, course_notebooks, graded_cells, names_of_answers
from autograder.grading.gradebook import open_gradebook, read_marks, store, update_gradebook
from autograder.grading.marking import CourseNotebooks, Submission
from autograder.grading.results import Attention, CourseFault, GradedCell, Marked, NotMarked, Result
from autograder.grading.submissions import (
    collect,
    course_fingerprint,
    notebooks_beside,
    strangers,
    students,
    submission_fingerprint,
)
from autograder.grading.workers import Examined, Workers
from autograder.kinds import FaultKind, OddityKind
from autograder.process.warm import Zygote

MOST_NAMES = 8  # in a message
STAMP = "autograder"  # the key of our note in the metadata of an autograded notebook
Stamp = dict[str, str]
Results = Generator[Result, None, None]  # to be closed by whoever stops early


@dataclass(frozen=True)
class Plan:
    """What a run has to do: students to mark and why, those whose marks stand, those who handed in nothing.

    `cells` carry the points, and `course_now` is the fingerprint of all that decides a mark, as the plan was made.
    """

    assignment: str
    cells: tuple[GradedCell, ...]
    course_now: str
    to_mark: tuple[tuple[str, str], ...]
    unchanged: tuple[Marked, ...]
    nothing_submitted: tuple[str, ...]


def plan(course: Course, assignment: str, student: str | None = None, force: bool = False) -> Plan:
    """Bring the gradebook up to the source, then see who needs marking."""
    chosen = _chosen_students(course, assignment, student)
    update_gradebook(course, assignment)
    fingerprint = course_fingerprint(course, assignment)
    cells = graded_cells(course, assignment)
    to_mark, unchanged, nothing_submitted = [], [], []
    with open_gradebook(course) as gradebook:
        for name in chosen:
            if not course.submitted(name, assignment).is_dir() and not strangers(course, name):
                nothing_submitted.append(name)
                continue
            marks = read_marks(gradebook, assignment, name, cells)
            stamp = _stamp(course, assignment, name, fingerprint)
            if (
                why := "forced"
                if force
                else _why_to_mark(_read_stamp(course, assignment, name, cells[0].notebook) if marks else {}, stamp)
            ):
                to_mark.append((name, why))
            else:
                unchanged.append(Marked(name, marks))
    return Plan(assignment, cells, fingerprint, tuple(to_mark), tuple(unchanged), tuple(nothing_submitted))


def carry_out(course: Course, to_do: Plan, zygote: Zygote, jobs: int = 1) -> Results:
    """Mark what the plan says, so many submissions at a time; each result as soon as it is stored."""
    notebooks = course_notebooks(course, to_do.assignment)
    # Started now and not when the first result is asked for: by then there may be threads, and forking is not safe.
    return _results(course, to_do, notebooks, Workers(notebooks, zygote, jobs))


def _results(course: Course, to_do: Plan, notebooks: CourseNotebooks, workers: Workers) -> Results:
    assignment, cells = to_do.assignment, to_do.cells
    whys = dict(to_do.to_mark)
    at_work: dict[str, tuple[Submission, Stamp]] = {}
    refused: list[NotMarked] = []

    def collected() -> Iterator[Submission]:
        for name in whys:
            stamp = _stamp(course, assignment, name, to_do.course_now)  # of what is read now, not of a later change
            found = collect(course, assignment, name, notebooks)
            if isinstance(found, NotMarked):
                refused.append(found)
            else:
                seed = _seed(_read_stamp(course, assignment, name, cells[0].notebook), stamp)
                at_work[name] = found, stamp | {"seed": f"{seed:x}"}
                yield replace(found, seed=seed)

    try:
        workers.rehearse(names_of_answers(course, assignment))
        with open_gradebook(course) as gradebook:
            for name, found in workers.examine(collected()):
                yield from _drained(refused)
                submission, stamp = at_work.pop(name)
                if isinstance(found, NotMarked):
                    yield found
                    continue
                before = read_marks(gradebook, assignment, name, cells)
                store(gradebook, course, assignment, name, found)
                _write_autograded(course, assignment, submission, found, stamp)
                attention = [each for notebook in found.values() for each in notebook.attention]
                attention += [Attention(OddityKind.BESIDE, name) for name in notebooks_beside(submission)]
                yield Marked(name, read_marks(gradebook, assignment, name, cells), whys[name], tuple(attention), before)
            yield from _drained(refused)
    finally:
        workers.close()


def _drained(refused: list[NotMarked]) -> Iterator[NotMarked]:
    while refused:
        yield refused.pop(0)


def _chosen_students(course: Course, assignment: str, student: str | None) -> tuple[str, ...]:
    """The students to look at; a `CourseFault` where the names given do not exist."""
    if assignment not in assignments(course):
        nearest = _nearest(assignment, assignments(course))
        raise CourseFault(FaultKind.UNKNOWN_ASSIGNMENT, assignment=assignment, known=nearest)
    submitted = course.submitted("", "")
    if not submitted.is_dir():
        raise CourseFault(FaultKind.NOTHING_SUBMITTED, folder=course.shown(submitted), assignment=assignment)
    known = students(course)
    if student is not None and student not in known:
        folder = course.shown(submitted)
        raise CourseFault(FaultKind.UNKNOWN_STUDENT, student=student, folder=folder, known=_nearest(student, known))
    return known if student is None else (student,)


def _nearest(name: str, known: Sequence[str]) -> str:
    """All names, or of many those most like this one: a class is too long to list."""
    if len(known) <= MOST_NAMES:
        return ", ".join(sorted(known)) or "–"
    return ", ".join([*get_close_matches(name, known, n=MOST_NAMES, cutoff=0), "…"])


def _why_to_mark(then: Stamp, now: Stamp) -> str | None:
    """Why the marks of a student do not stand, if so."""
    if not then.keys() >= now.keys():
        return "new"
    return next((f"{what}_changed" for what in now if then.get(what) != now[what]), None)


def _stamp(course: Course, assignment: str, student: str, course_now: str) -> Stamp:
    """What a mark given now rests on."""
    return {"submission": submission_fingerprint(course, assignment, student), "course": course_now}


def _seed(then: Stamp, now: Stamp) -> int:
    """What hidden tests are drawn from: for the same submission the same again, for any other a new one."""
    try:
        return int(then["seed"], 16) if then["submission"] == now["submission"] else new_seed()
    except (KeyError, ValueError, TypeError):
        return new_seed()


def _read_stamp(course: Course, assignment: str, student: str, notebook: str) -> Stamp:
    """What the marks in the gradebook rest on, and the seed; empty where that is not known."""
    path = course.autograded(student, assignment) / f"{notebook}.ipynb"
    try:
        return dict(json.loads(path.read_bytes())["metadata"][STAMP])
    except (ValueError, KeyError, TypeError, OSError):
        return {}


def _write_autograded(course: Course, assignment: str, submission: Submission, marked: Examined, stamp: Stamp) -> None:
    """The executed notebooks and the other files that were handed in, in the place of what lay there before.

    Other notebooks stay out: nbgrader would look for their marks.
    """
    folder = course.autograded(submission.student, assignment)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as new:
        others = notebooks_beside(submission)
        for name, content in submission.files.items():
            if name in others:
                continue
            path = Path(new, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, each in marked.items():
            each.notebook.metadata[STAMP] = stamp
            Path(new, f"{name}.ipynb").write_text(nbformat.v4.writes(each.notebook), encoding="utf-8")
        Path(new).chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        Path(new).rename(folder)
        Path(new).mkdir()
