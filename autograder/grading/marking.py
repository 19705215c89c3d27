"""Marks one submission through nbgrader's own autograde, into `autograded/` and the gradebook."""

import io
import logging
import os
import re
import stat
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter
from traitlets.config import Config

from autograder.grading.course import Course, graded_cells, read_notebook
from autograder.grading.results import CourseFault, Mark, Marked, NotMarked, Result
from autograder.grading.submissions import course_fingerprint, fault_of_submission, submission_fingerprint

STAMP = "autograder"  # the key of our note in the metadata of an autograded notebook
COULD_NOT_TELL = "CouldNotTell"


def update_gradebook(course: Course, assignment: str) -> None:
    """Bring the gradebook up to `source/` without touching the released files."""
    with tempfile.TemporaryDirectory() as release:
        directory = course.directory(assignment_id=assignment, release_directory=release)
        error = _run(GenerateAssignment(coursedir=directory, config=course.config, force=True))
    if error and ("Cannot add or remove cells" in error or "Cannot modify existing assignment" in error):
        raise CourseFault("cells_changed", assignment=assignment)
    if error:
        raise CourseFault("bad_source", assignment=assignment, error=_last_line(error))


def mark(course: Course, assignment: str, student: str, timeout: int | None = None) -> Result:
    """Run one submission and write its marks; whatever happens to it, the answer is a `Result`."""
    try:
        return _mark(course, assignment, student, timeout)
    except Exception as error:  # one submission must not stop the others
        return NotMarked(student, "engine", {"error": f"{type(error).__name__}: {error}"})


def _mark(course: Course, assignment: str, student: str, timeout: int | None) -> Result:
    if fault := fault_of_submission(course, assignment, student):
        return fault
    stamp = current_stamp(course, assignment, student)
    directory = course.directory(assignment_id=assignment, student_id=student)
    started: list[str] = []
    config = _execution(course.config, timeout, started)
    if error := _run(Autograde(coursedir=directory, config=config, force=True)):
        return NotMarked(student, *_fault_of_run(error, started))
    _leave_open(course, assignment, student)
    _write_stamp(course, assignment, student, stamp)
    return Marked(student, read_marks(course, assignment, student))


def read_marks(course: Course, assignment: str, student: str) -> tuple[Mark, ...]:
    """The marks of the test cells as the gradebook has them, in the order of the source."""
    with _gradebook(course) as gradebook:
        grades = {
            (notebook.name, grade.name): grade
            for notebook in gradebook.find_submission(assignment, student).notebooks
            for grade in notebook.grades
        }
        return tuple(
            Mark(cell.name, _points(grades[cell.notebook, cell.name]), cell.max_points)
            for cell in graded_cells(course, assignment)
            if not cell.by_hand
        )


def _points(grade) -> float | None:
    """The mark of a cell; None where neither the tests nor a person has given one."""
    return None if grade.auto_score is None and grade.manual_score is None else grade.score


def current_stamp(course: Course, assignment: str, student: str) -> dict[str, str]:
    """What a mark given now would rest on."""
    return {
        "submission": submission_fingerprint(course, assignment, student),
        "course": course_fingerprint(course, assignment),
    }


def read_stamp(course: Course, assignment: str, student: str) -> dict[str, str]:
    """What the marks in the gradebook rest on; empty when there are none."""
    with _gradebook(course) as gradebook:
        try:
            gradebook.find_submission(assignment, student)
        except MissingEntry:
            return {}
    notebooks = _autograded_notebooks(course, assignment, student)
    return read_notebook(notebooks[0]).metadata.get(STAMP, {}) if notebooks else {}


def _autograded_notebooks(course: Course, assignment: str, student: str) -> list[Path]:
    return sorted(course.autograded(student, assignment).glob("*.ipynb"))


def _write_stamp(course: Course, assignment: str, student: str, stamp: dict[str, str]) -> None:
    """Note in the autograded notebooks what their marks rest on."""
    for path in _autograded_notebooks(course, assignment, student):
        notebook = read_notebook(path)
        notebook.metadata[STAMP] = stamp
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IWUSR)  # nbgrader writes them read-only
        nbformat.write(notebook, path)
        path.chmod(mode)


def _leave_open(course: Course, assignment: str, student: str) -> None:
    """Take the points off checks that could not tell: nbgrader knows only right and wrong."""
    with _gradebook(course) as gradebook:
        for path in _autograded_notebooks(course, assignment, student):
            for name in _undecided(read_notebook(path)):
                grade = gradebook.find_grade(name, path.stem, assignment, student)
                grade.auto_score = None
                grade.needs_manual_grade = True
        gradebook.db.commit()


def _undecided(notebook: nbformat.NotebookNode) -> list[str]:
    """The test cells that ended in `CouldNotTell`."""
    return [
        cell.metadata.nbgrader.grade_id
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
        and any(output.get("ename") == COULD_NOT_TELL for output in cell.get("outputs", ()))
    ]


def _execution(config: Config, timeout: int | None, started: list[str]) -> Config:
    """The course's configuration, for a kernel that keeps off the terminal; notes each cell that is started."""
    config = Config(config)
    config.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]
    config.Execute.on_cell_start = lambda cell, cell_index: started.append(_cell_name(cell, cell_index))
    if timeout is not None:
        config.Execute.timeout = timeout
    return config


def _cell_name(cell: nbformat.NotebookNode, index: int) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or f"#{index + 1}"


def _run(converter: BaseConverter) -> str | None:
    """Run a step of nbgrader; its log when it failed, with nothing on the terminal."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    converter.log.addHandler(handler)
    try:
        with _nbgrader_ready():
            converter.start()
    except Exception as error:
        return f"{log.getvalue()}\n{error}"
    finally:
        converter.log.removeHandler(handler)
    return None


@contextmanager
def _gradebook(course: Course) -> Iterator[Gradebook]:
    with _nbgrader_ready(), Gradebook(course.db_url, course.directory().course_id) as gradebook:
        yield gradebook


@contextmanager
def _nbgrader_ready() -> Iterator[None]:
    """nbgrader calls `alembic` by name, which lies beside our Python, and warns of its own queries."""
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = beside + os.pathsep + os.environ.get("PATH", "")
    with warnings.catch_warnings(action="ignore"):
        yield


def _fault_of_run(log: str, started: list[str]) -> tuple[str, dict[str, str]]:
    """Why nbgrader gave up on a submission, from its log."""
    if "DeadKernelError" in log:
        return "kernel_died", {"cell": started[-1] if started else "#1"}
    return "engine", {"error": _last_line(log)}


def _last_line(log: str) -> str:
    """The exception a log ends with, not nbgrader's remark that there was one."""
    raised = re.findall(r"^[\w.]*(?:Error|Exception|Missing\w+)\b.*", log, flags=re.MULTILINE)
    return raised[-1] if raised else log.strip().splitlines()[-1]
