"""The pages of a class: nbgrader's own converter, several at a time, for those whose page would be another one now."""

import signal
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from traitlets import Any, Dict

from autograder.classroom.feedback.basis import CourseBasis, given_in, is_current, marked_notebooks
from autograder.classroom.feedback.exporter import FeedbackExporter
from autograder.classroom.feedback.recorded import Recorded, all_recorded
from autograder.faults import CourseFault, course_fault, reason_of
from autograder.grading.course import Assignment, nearest_names
from autograder.grading.gradebook import last_line, run_step
from autograder.grading.workers import forking_or_spawning
from autograder.kinds import FaultKind

SHARES = 4  # of a process: the last of them are done at about the same time
MOST_CHARACTERS = 300  # of what came in the way: it may be the student's own text
Notebooks = Mapping[str, Recorded]  # a student's, by name


@dataclass(frozen=True)
class Made:
    """Whose pages were made, whose would have been the same again, and why some could not be made."""

    made: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: Mapping[str, str]


def make_pages(assignment: Assignment, jobs: int, student: str | None = None, force: bool = False) -> Made:
    """Make the pages of all who were marked, or of one student, by so many processes; with `force`, all of them anew.

    CourseFault where nothing is marked, or not of this student.
    """
    known = {name: each for name, each in all_recorded(assignment).items() if marked_notebooks(assignment, name)}
    if not known:
        raise CourseFault(FaultKind.NO_MARKS, assignment=assignment.name)
    if student is not None and student not in known:
        folder = assignment.course.shown(assignment.course.folder("autograded_directory"))
        raise CourseFault(
            FaultKind.UNKNOWN_STUDENT, student=student, folder=folder, known=nearest_names(student, known)
        )
    chosen = sorted(known) if student is None else [student]
    given = given_in(assignment)
    to_make = {name: known[name] for name in chosen if force or not is_current(assignment, given, name, known[name])}
    if to_make:
        pages = assignment.course.folder("feedback_directory")
        with course_fault(FaultKind.NOT_WRITTEN, assignment.course.shown(pages)):
            _require_writable(pages)
    errors = _made(assignment, given, to_make, min(jobs, len(to_make))) if to_make else {}
    return Made(
        made=tuple(name for name in to_make if name not in errors),
        unchanged=tuple(name for name in chosen if name not in to_make),
        failed=errors,
    )


def _require_writable(folder: Path) -> None:
    """OSError where nothing can be put into the folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryDirectory(dir=folder, prefix=".new-").cleanup()


def _made(assignment: Assignment, given: CourseBasis, known: Mapping[str, Notebooks], jobs: int) -> dict[str, str]:
    """Makes the pages of these students; what came in the way, by student."""
    make = partial(_make, assignment, given)
    errors: list[str | None] = []
    if jobs == 1:
        errors += map(make, known, known.values())
    else:
        not_on_ctrl_c = (signal.signal, (signal.SIGINT, signal.SIG_IGN))  # that is ours
        with ProcessPoolExecutor(jobs, forking_or_spawning(), *not_on_ctrl_c) as processes:
            share = -(-len(known) // (jobs * SHARES))
            try:
                errors += processes.map(make, known, known.values(), chunksize=share)
            except BrokenProcessPool as error:  # one was killed: nobody knows over whose pages
                errors += [str(error)] * (len(known) - len(errors))
    return {name: error for name, error in zip(known, errors, strict=True) if error is not None}


def _make(assignment: Assignment, given: CourseBasis, student: str, known: Notebooks) -> str | None:
    """Makes a student's pages; what came in the way, if anything."""
    course, folder = assignment.course, assignment.feedback(student)
    try:
        _require_writable(folder)
    except OSError as error:
        return f"{course.shown(folder)}: {reason_of(error)}"
    converter = _Converter(
        coursedir=course.directory(assignment_id=assignment.name, student_id=student),
        config=course.config,
        exporter_class=_Exporter,
        force=True,
        given=given,
        known=dict(known),
    )
    log = run_step(converter)
    return None if log is None else last_line(log)[:MOST_CHARACTERS]


class _Converter(GenerateFeedback):
    """nbgrader's, for one student, of whom it is known what the gradebook has."""

    given = Any()
    known = Dict()

    def init_notebooks(self) -> None:
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [str(path) for path in Path(folder).glob("*.ipynb")]}


class _Exporter(FeedbackExporter):
    """Ours, for such a converter: it need not ask the gradebook for each page."""

    @property
    def _converter(self) -> _Converter:
        assert isinstance(self.parent, _Converter)
        return self.parent

    def given(self, assignment: Assignment) -> CourseBasis:
        return self._converter.given

    def recorded(self, assignment: Assignment, student: str, notebook: str) -> Recorded:
        return self._converter.known[notebook]
