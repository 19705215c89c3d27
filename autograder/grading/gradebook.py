"""nbgrader's gradebook: brought up to the source, written one submission a transaction, read back as marks."""

import io
import logging
import re
import subprocess
import tempfile
import warnings
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from importlib.resources import files
from typing import Any
from unittest import mock

from jupyter_client.manager import start_new_kernel
from nbformat import NotebookNode
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import IgnorePattern
from nbgrader.utils import compute_checksum, determine_grade
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from autograder.cells.metadata import flags, grade_id, is_grade, is_solution, is_task
from autograder.faults import CourseFault
from autograder.grading.course import Assignment, Course, graded_cells
from autograder.grading.database import database_faults, fault_of_database, patient, url_of
from autograder.grading.hand_marks import Cell
from autograder.grading.marked import MarkedNotebook, could_not_tell
from autograder.grading.moves import GradebookEntry, Record, entry_of
from autograder.grading.penalties import excess, set_penalties
from autograder.grading.results import Cause, GradedCell, Mark, TooMuchByHand
from autograder.grading.source_cells import fault_of_a_cell
from autograder.kinds import FaultKind

NO_RESPONSE = "No response."  # nbgrader's own words, which formgrader shows
NOTEBOOKS = selectinload(SubmittedAssignment.notebooks)
WITH_ALL = (  # that belongs to a submission, in few queries: one for each row would take most of the driver's time
    joinedload(SubmittedAssignment.assignment),
    NOTEBOOKS.joinedload(SubmittedNotebook.notebook),
    NOTEBOOKS.selectinload(SubmittedNotebook.grades).joinedload(Grade.cell),
    NOTEBOOKS.selectinload(SubmittedNotebook.comments).joinedload(Comment.cell),
)


def update_gradebook(assignment: Assignment) -> None:
    """Bring the gradebook up to `source/` without touching the released files."""
    course = assignment.course
    with open_gradebook(course):
        pass  # what is wrong with the gradebook itself is told as such
    with tempfile.TemporaryDirectory() as release:
        directory = course.directory(
            assignment_id=assignment.name, release_directory=release, db_url=patient(url_of(course))
        )
        error = run_step(GenerateAssignment(coursedir=directory, config=course.config, force=True))
    if error:
        raise _fault_of(assignment, error)


def _fault_of(assignment: Assignment, error: str) -> CourseFault:
    """What nbgrader's log of a failed step means."""
    if "Cannot add or remove cells" in error or "Cannot modify existing assignment" in error:
        return CourseFault(FaultKind.CELLS_CHANGED, assignment=assignment.name)
    if "nbgrader update" in error:
        return CourseFault(FaultKind.OLD_METADATA, assignment=assignment.name)
    if fault := fault_of_database(assignment.course, error):
        return fault
    with _nbgrader_ready():
        fault = fault_of_a_cell(assignment)
    return fault or CourseFault(FaultKind.BAD_SOURCE, assignment=assignment.name, error=last_line(error))


@contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """The course's gradebook on one session, for as long as the marking takes; CourseFault where it can't be used."""
    with database_faults(course), _nbgrader_ready():
        with Gradebook(patient(url_of(course)), course.directory().course_id) as gradebook:
            yield gradebook


def read_marks(
    gradebook: Gradebook, assignment: str, student: str, cells: Sequence[GradedCell]
) -> tuple[Mark, ...] | None:
    """The marks of the test cells among the assignment's `cells`; None where nothing was marked."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None
    return marks_in(entry_of(_as_it_is(gradebook, submission)), cells)


def marks_in(entry: GradebookEntry | None, cells: Sequence[GradedCell]) -> tuple[Mark, ...] | None:
    """The marks of the test cells among these; None where nothing was marked."""
    if entry is None:
        return None
    return tuple(
        Mark(cell.label, entry.points[f"{cell.notebook}/{cell.name}"], cell.max_points, cell.judge)
        for cell in cells
        if not cell.by_hand
    )


def waiting_for_a_person(assignment: Assignment) -> dict[str, int]:
    """How many submissions have a cell that waits for a person's mark, by cell."""
    labels = {(cell.notebook, cell.name): cell.label for cell in graded_cells(assignment)}
    with open_gradebook(assignment.course) as gradebook:
        waiting = Counter(
            labels.get((notebook.name, grade.name), grade.name)
            for submission in gradebook.assignment_submissions(assignment.name)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.needs_manual_grade
        )
    return dict(waiting)


def above_maximum(assignment: Assignment) -> tuple[TooMuchByHand, ...]:
    """The marks by hand that are more than their cells have now, whose points were lowered since."""
    labels = {(cell.notebook, cell.name): cell.label for cell in graded_cells(assignment)}
    with open_gradebook(assignment.course) as gradebook:
        return tuple(
            TooMuchByHand(submission.student_id, labels.get((notebook.name, grade.name), grade.name), given, most)
            for submission in gradebook.assignment_submissions(assignment.name)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if excess(grade)
            for given, most in [(grade.manual_score, grade.max_score)]
        )


def store(
    gradebook: Gradebook,
    assignment: Assignment,
    student: str,
    marked: Mapping[str, MarkedNotebook],
    handed_in_at: datetime | None,
    record: Record,
    because: tuple[Cause, ...],
    as_seen: Container[Cell],
) -> tuple[GradebookEntry | None, GradebookEntry | None]:
    """Write the marks of a submission in one transaction, before and now; what a person has marked stays as it is.

    A mark by hand of a cell that is `as_seen` by the person is not asked for again. A move of the marks is in the
    record before it is in the gradebook: so none is lost, wherever this is cut off.
    """
    submission = _held(gradebook, submission_of(gradebook, assignment.name, student))
    before = entry_of(submission)
    submission.timestamp = handed_in_at
    ignoring = IgnorePattern(config=assignment.course.config)
    for notebook in submission.notebooks:
        if notebook.name in marked:
            _store_notebook(notebook, marked[notebook.name].notebook, as_seen, ignoring)
        else:
            _store_missing(notebook)
    gradebook.db.flush()
    for notebook in submission.notebooks:
        gradebook.db.refresh(notebook, ["score"])  # the sum is the database's
    set_penalties(assignment.course, submission)
    now = entry_of(submission)
    record.add(assignment.name, student, before, now, because)
    gradebook.db.commit()
    return before, now


def _held(gradebook: Gradebook, submission: SubmittedAssignment) -> SubmittedAssignment:
    """The submission as it is now; who marks it by hand from now on waits for the end of our transaction.

    Writing the rows as they are locks them, in SQLite the whole file, until our transaction ends.
    """
    gradebook.db.flush()
    notebooks = select(SubmittedNotebook.id).where(SubmittedNotebook.assignment_id == submission.id)
    gradebook.db.execute(
        update(Grade).where(Grade.notebook_id.in_(notebooks)).values(manual_score=Grade.manual_score),
        execution_options={"synchronize_session": False},
    )
    return _as_it_is(gradebook, submission)


def _as_it_is(gradebook: Gradebook, submission: SubmittedAssignment) -> SubmittedAssignment:
    """The submission with all that belongs to it, whatever this session knew of it before."""
    wanted = select(SubmittedAssignment).where(SubmittedAssignment.id == submission.id).options(*WITH_ALL)
    return gradebook.db.scalars(wanted, execution_options={"populate_existing": True}).one()


def submission_of(gradebook: Gradebook, assignment: str, student: str) -> SubmittedAssignment:
    """The submission in the gradebook; a new one mirrors the cells of the assignment."""
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        pass
    known = gradebook.update_or_create_student(student)
    submission = SubmittedAssignment(assignment=gradebook.find_assignment(assignment), student=known)
    for notebook in submission.assignment.notebooks:
        handed_in = SubmittedNotebook(notebook=notebook, assignment=submission)
        for cell in (*notebook.grade_cells, *notebook.task_cells):
            Grade(cell=cell, notebook=handed_in, needs_manual_grade=False)  # until it is marked
        for cell in (*notebook.solution_cells, *notebook.task_cells):
            Comment(cell=cell, notebook=handed_in)
    gradebook.db.add(submission)
    return submission


def _store_notebook(
    stored: SubmittedNotebook, executed: NotebookNode, as_seen: Container[Cell], ignoring: IgnorePattern
) -> None:
    """As nbgrader's SaveAutoGrades does, but for checks that could not tell: they stay without a mark.

    And what a person has marked and is `as_seen` needs no second look. What a course is `ignoring` in outputs is no
    failure, though it stays in the notebook.
    """
    grades = {grade.cell.name: grade for grade in stored.grades}
    comments = {comment.cell.name: comment for comment in stored.comments}
    for cell in executed.cells:
        name = grade_id(cell)
        if is_grade(cell):
            judged = deepcopy(cell)
            ignoring(NotebookNode(cells=[judged]), {})
            grades[name].auto_score = None if could_not_tell(judged) else determine_grade(judged)[0]
        if is_grade(cell) or is_task(cell):
            grades[name].needs_manual_grade = _needs_a_person(grades[name], (stored.name, name) in as_seen)
        if is_solution(cell) or is_task(cell):
            comments[name].auto_comment = NO_RESPONSE if _is_untouched(cell) else None


def _needs_a_person(grade: Grade, as_seen: bool) -> bool:
    if grade.manual_score is None:
        return grade.auto_score is None
    return grade.needs_manual_grade or not as_seen


def _is_untouched(cell: NotebookNode) -> bool:
    return not is_task(cell) and flags(cell).get("checksum") == compute_checksum(cell)


def _store_missing(stored: SubmittedNotebook) -> None:
    """A notebook of the assignment that was not handed in earns nothing."""
    for grade in stored.grades:
        grade.auto_score, grade.needs_manual_grade = 0, False


def run_step(converter: BaseConverter) -> str | None:
    """Run a step of nbgrader; its log when it failed, with nothing on the terminal."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    converter.log.addHandler(handler)
    try:
        with _nbgrader_ready():
            converter.start()
    except Exception as error:  # whatever stopped it, it is what nbgrader would have ended with
        return f"{log.getvalue()}\n{error}"
    finally:
        converter.log.removeHandler(handler)
    return None


@contextmanager
def _nbgrader_ready() -> Iterator[None]:
    """nbgrader asks for the version of a new gradebook's tables in another process, and warns of its own queries.

    That process would be `alembic`, by a name that need not be on the PATH, and import nbgrader again, for seconds.
    And what the database refuses it would print with all the calls that led there; we say it in a line. A kernel that
    it starts would say on the terminal that nothing is encrypted between processes of one machine.
    """
    with (
        warnings.catch_warnings(action="ignore"),
        mock.patch("nbgrader.api.get_alembic_version", _version_of_tables),
        mock.patch("nbgrader.api.app_log"),
        mock.patch("nbgrader.preprocessors.instantiatetests.start_new_kernel", _silent_kernel),
    ):
        yield


def _silent_kernel(**options: Any) -> Any:
    return start_new_kernel(**options, stderr=subprocess.DEVNULL)


def _version_of_tables() -> str | None:
    from alembic.script import ScriptDirectory  # for a new gradebook alone: it takes a fifth of a second

    return ScriptDirectory(str(files("nbgrader") / "alembic")).get_current_head()


def last_line(log: str) -> str:
    """The exception a log ends with, not nbgrader's remark that there was one."""
    raised = re.findall(r"^[\w.]*(?:Error|Exception|Missing\w+)\b.*", log, flags=re.MULTILINE)
    return raised[-1] if raised else log.strip().splitlines()[-1]
