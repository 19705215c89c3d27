"""What lies in `submitted/`: who handed in what, whether it can be read, and whether it is new."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbgrader.utils import find_all_files

import autograder
from autograder.grading.course import Course, assignments, graded_cells, read_notebook
from autograder.grading.results import NotMarked

PACKAGE = Path(autograder.__file__).parent
DECIDES_MARKS = ("network", "checks")


def students(course: Course) -> tuple[str, ...]:
    """Everyone with a folder in `submitted/`."""
    folder = course.submitted("", "").resolve()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")))


def fault_of_submission(course: Course, assignment: str, student: str) -> NotMarked | None:
    """Why this submission cannot be run at all, if so."""
    folder = course.submitted(student, assignment)
    if not folder.is_dir():
        return NotMarked(student, "misplaced", {"found": ", ".join(strangers(course, student)), "wanted": assignment})
    notebooks = {cell.notebook for cell in graded_cells(course, assignment)}
    found = {path.stem for path in folder.glob("*.ipynb")}
    if not found & notebooks:
        wanted = f"{min(notebooks)}.ipynb"
        if found:
            return NotMarked(student, "renamed", {"found": f"{min(found)}.ipynb", "wanted": wanted})
        return NotMarked(student, "no_notebook", {"folder": course.shown(folder), "wanted": wanted})
    faults = (_fault_of_notebook(course, assignment, student, folder / f"{name}.ipynb") for name in found & notebooks)
    return next(filter(None, faults), None)


def strangers(course: Course, student: str) -> list[str]:
    """Names in a student's folder that are no assignment of the course."""
    known = assignments(course)
    folder = course.submitted(student, "")
    return sorted(path.name for path in folder.iterdir() if path.name not in known and not path.name.startswith("."))


def _fault_of_notebook(course: Course, assignment: str, student: str, path: Path) -> NotMarked | None:
    """Why nbgrader could not read this notebook, or would find nothing of the assignment in it."""
    try:
        notebook = read_notebook(path)
    except OSError as error:
        return NotMarked(student, "unreadable", {"notebook": path.name, "error": error.strerror or str(error)})
    except (json.JSONDecodeError, UnicodeDecodeError, nbformat.reader.NotJSONError):
        return NotMarked(student, "not_json", {"notebook": path.name})
    except Exception as error:  # nbformat raises whatever its conversions stumble over
        return NotMarked(student, "not_a_notebook", {"notebook": path.name, "error": str(error).split("\n")[0]})
    names = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
    if not names & {cell.name for cell in graded_cells(course, assignment)}:
        return NotMarked(student, "foreign", {"notebook": path.name, "assignment": assignment})
    return None


def submission_fingerprint(course: Course, assignment: str, student: str) -> str:
    """Changes when anything that was handed in changes."""
    return _digest(_files(course, course.submitted(student, assignment)))


def course_fingerprint(course: Course, assignment: str) -> str:
    """Changes when anything that decides a mark changes: the assignment, the configuration, the checks."""
    checks = (path for room in DECIDES_MARKS for path in (PACKAGE / room).rglob("*.py"))
    return _digest([course.root / "nbgrader_config.py", *_files(course, course.source(assignment)), *checks])


def _files(course: Course, folder: Path) -> list[Path]:
    return [Path(path) for path in find_all_files(str(folder), course.directory().ignore)]


def _digest(files: Iterable[Path]) -> str:
    """A digest of names and contents, not of where the course lies."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = _content(path)
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    """A file's bytes; none where it can't be read, which marking will tell."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
