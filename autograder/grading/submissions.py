"""What lies in `submitted/`: who handed in what, whether it can be taken, and whether it is new."""

import hashlib
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from nbgrader.utils import find_all_files

import autograder
from autograder.grading.course import Course, assignments
from autograder.grading.marking import Submission
from autograder.grading.results import NotMarked
from autograder.kinds import FaultKind
from autograder.process.limits import MEGABYTE

PACKAGE = Path(autograder.__file__).parent
DECIDES_MARKS = ("network", "checks", "process", "grading")
MOST_MEGABYTES = 200
ACTIVE_IN_A_NAME = re.compile(r'[<>"\\\x00-\x1f]')  # formgrader writes names into its pages as they are
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")


def students(course: Course) -> tuple[str, ...]:
    """Everyone with a folder in `submitted/`."""
    folder = course.submitted("", "").resolve()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")))


def collect(course: Course, assignment: str, student: str, notebooks: Iterable[str]) -> Submission | NotMarked:
    """What a student handed in for the assignment, whose notebooks have these names; or why it can't be taken.

    Links are not followed: they could lead to anything that the instructor may read.
    """
    if ACTIVE_IN_A_NAME.search(student):
        return NotMarked(student, FaultKind.BAD_NAME, {})
    folder = course.submitted(student, assignment)
    for each in (folder.parent, folder):
        if each.is_symlink():
            return NotMarked(student, FaultKind.LINK, {"file": course.shown(each)})
    if not folder.is_dir():
        return _misplaced(course, assignment, student, folder)
    paths = {path.relative_to(folder).as_posix(): path for path in _files(course, folder)}
    wanted = {f"{name}.ipynb": name for name in notebooks}
    if fault := _fault_of_folder(course, student, folder, paths, wanted):
        return fault
    regular = {name: path for name, path in paths.items() if is_regular(path)}
    if sum(path.stat().st_size for path in regular.values()) > MOST_MEGABYTES * MEGABYTE:
        return NotMarked(
            student, FaultKind.TOO_LARGE, {"notebook": course.shown(folder), "megabytes": str(MOST_MEGABYTES)}
        )
    try:
        contents = {name: path.read_bytes() for name, path in regular.items()}
    except OSError as error:
        file = Path(error.filename or "").name
        return NotMarked(student, FaultKind.UNREADABLE, {"notebook": file, "error": error.strerror or str(error)})
    return Submission(
        student,
        {wanted[name]: content for name, content in contents.items() if name in wanted},
        {name: content for name, content in contents.items() if name not in wanted},
    )


def _misplaced(course: Course, assignment: str, student: str, folder: Path) -> NotMarked:
    if student in assignments(course):
        return NotMarked(student, FaultKind.SWAPPED, {"folder": course.shown(folder.parent), "assignment": assignment})
    found = ", ".join(strangers(course, student))
    return NotMarked(
        student, FaultKind.MISPLACED, {"found": found, "wanted": assignment, "folder": course.shown(folder)}
    )


def _fault_of_folder(
    course: Course, student: str, folder: Path, paths: Mapping[str, Path], wanted: Mapping[str, str]
) -> NotMarked | None:
    """Why nothing in the folder can be marked, if so."""
    for name in wanted:
        if name in paths and not is_regular(paths[name]):
            return NotMarked(student, FaultKind.LINK, {"file": course.shown(paths[name])})
    if paths.keys() & wanted.keys():
        return None
    details = {"folder": course.shown(folder), "wanted": min(wanted)}
    if deeper := sorted(name for name in paths if Path(name).name in wanted):
        return NotMarked(student, FaultKind.NESTED, details | {"found": deeper[0]})
    if others := sorted(name for name in paths if ".ipynb" in name):  # browsers save `.ipynb.txt`, too
        return NotMarked(student, FaultKind.RENAMED, details | {"found": others[0]})
    if archives := sorted(name for name in paths if name.lower().endswith(ARCHIVES)):
        return NotMarked(student, FaultKind.ARCHIVE, details | {"found": archives[0]})
    return NotMarked(student, FaultKind.NO_NOTEBOOK, details)


def notebooks_beside(submission: Submission) -> tuple[str, ...]:
    """The files handed in that are notebooks, but none of the assignment's."""
    return tuple(name for name in submission.files if name.endswith(".ipynb"))


def strangers(course: Course, student: str) -> list[str]:
    """Names in a student's folder that are no assignment of the course."""
    known = assignments(course)
    folder = course.submitted(student, "")
    return sorted(path.name for path in folder.iterdir() if path.name not in known and not path.name.startswith("."))


def is_regular(path: Path) -> bool:
    """Whether this is a file of its own: not a link, a device or a pipe."""
    return stat.S_ISREG(path.lstat().st_mode)


def submission_fingerprint(course: Course, assignment: str, student: str) -> str:
    """Changes when anything that was handed in changes."""
    return _digest(filter(is_regular, _files(course, course.submitted(student, assignment))))


def course_fingerprint(course: Course, assignment: str) -> str:
    """Changes when anything that decides a mark changes: the assignment, the configuration, the grader."""
    grader = (path for room in DECIDES_MARKS for path in (PACKAGE / room).rglob("*.py"))
    return _digest([course.root / "nbgrader_config.py", *_files(course, course.source(assignment)), *grader])


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
