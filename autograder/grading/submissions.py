"""What lies in `submitted/`: who handed in what, whether it can be taken, and whether it is new."""

import os
import re
import warnings
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from nbgrader.utils import parse_utc

from autograder.checks.messages import some
from autograder.digests import digest
from autograder.faults import SubmissionFault
from autograder.grading.course import Assignment, Course, assignments, data_files
from autograder.grading.inventory import Inventory, inventory
from autograder.grading.marked import Submission
from autograder.grading.names import is_text, suggested_name
from autograder.grading.reading import MOST_BYTES
from autograder.kinds import FaultKind
from autograder.process.limits import MEGABYTE

ACTIVE_IN_A_NAME = re.compile(r'[<>"\\\x00-\x1f]')  # formgrader writes names into its pages as they are
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
TIMESTAMP = "timestamp.txt"  # nbgrader's: when a submission was handed in
MOST_TIMESTAMP_BYTES = 200
MOST_NAMED = 8  # files in a message
# What nbgrader reads as the time that is meant: it takes 05.11.2026 for the eleventh of May, +0300 behind a space for
# five minutes, a zone that it does not know for UTC, and the path of a file for a zone.
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[ T][\d:.]+(?:Z|[+-]\d\d:?\d\d| (?P<zone>[A-Za-z][\w+-]*(?:/[\w+-]+)*))?)?", re.ASCII
)


def students(course: Course) -> tuple[str, ...]:
    """Everyone with a folder in `submitted/`."""
    folder = course.submitted.resolve()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")))


def collect(assignment: Assignment, student: str, notebooks: Iterable[str]) -> Submission:
    """What a student handed in for the assignment, whose notebooks have these names.

    The course's own files come first, as the course has them whatever the student made of them. SubmissionFault if it
    can't be taken. Links are not followed: they could lead to anything that the instructor may read.
    """
    course, folder = assignment.course, _own_folder(assignment, student)
    if not folder.is_dir():
        raise _misplaced(assignment, student, folder)
    found = inventory(folder, course.directory().ignore, course.shown(folder))
    wanted = {f"{name}.ipynb": name for name in notebooks}
    _require_notebook(course, folder, found, wanted)
    contents = {name: path.read_bytes() for name, path in found.files.items()}
    texts = {wanted[name]: contents.pop(name) for name in wanted if name in contents}
    courses = data_files(assignment)
    return Submission(student, texts, courses | contents | courses)


def handed_in_at(assignment: Assignment, submission: Submission) -> datetime | None:
    """When it was handed in, in UTC, if its timestamp.txt says so; SubmissionFault where that is no time."""
    written = submission.files.get(TIMESTAMP, b"")
    try:
        return moment_in(written)
    except ValueError as error:
        shown = assignment.course.shown(assignment.submitted(submission.student) / TIMESTAMP)
        found = written[:MOST_TIMESTAMP_BYTES].decode(errors="replace").strip()
        raise SubmissionFault(FaultKind.BAD_TIMESTAMP, file=shown, found=found) from error


def moment_in(timestamp: bytes) -> datetime | None:
    """The time that a timestamp.txt tells, in UTC; None where it is empty, ValueError where that is no time."""
    text = timestamp[: MOST_TIMESTAMP_BYTES + 1].decode("utf-8-sig").strip()
    if not text:
        return None
    moment = MOMENT.fullmatch(text)
    if len(timestamp) > MOST_TIMESTAMP_BYTES or not moment or not _is_zone(moment["zone"]):
        raise ValueError(text)
    try:
        with warnings.catch_warnings(action="error"):  # of a zone that is none
            return parse_utc(text)
    except (OverflowError, TypeError, Warning) as error:
        raise ValueError(text) from error


def _is_zone(name: str | None) -> bool:
    """Whether it names a time zone, or none at all, which is UTC."""
    return name is None or name in available_timezones()


def _misplaced(assignment: Assignment, student: str, folder: Path) -> SubmissionFault:
    course = assignment.course
    if student in assignments(course):
        return SubmissionFault(FaultKind.SWAPPED, folder=course.shown(folder.parent), assignment=assignment.name)
    found = ", ".join(strangers(course, student))
    return SubmissionFault(FaultKind.MISPLACED, found=found, wanted=assignment.name, folder=course.shown(folder))


def _require_notebook(course: Course, folder: Path, found: Inventory, wanted: Mapping[str, str]) -> None:
    """SubmissionFault where nothing can be marked, or what decides the marks is no file that can be read."""
    for name in (*wanted, TIMESTAMP):
        if name in found.others:
            link = found.others[name].is_symlink()
            raise SubmissionFault(FaultKind.LINK if link else FaultKind.NOT_A_FILE, file=course.shown(folder / name))
    for name in wanted:
        if found.sizes.get(name, 0) > MOST_BYTES:
            shown = course.shown(folder / name)
            raise SubmissionFault(FaultKind.TOO_LARGE, notebook=shown, megabytes=str(MOST_BYTES // MEGABYTE))
    if found.files.keys() & wanted.keys():
        return
    names = sorted([*found.files, *found.others])
    details = {"folder": course.shown(folder), "wanted": min(wanted)}
    if deeper := [name for name in names if Path(name).name in wanted]:
        raise SubmissionFault(FaultKind.NESTED, **details, found=deeper[0])
    if others := [name for name in names if ".ipynb" in name]:  # browsers save `.ipynb.txt`, too
        if len(wanted) > 1:
            found_there = ", ".join(some(others, MOST_NAMED))
            raise SubmissionFault(FaultKind.ALL_RENAMED, wanted=", ".join(sorted(wanted)), found=found_there)
        raise SubmissionFault(FaultKind.RENAMED, **details, found=others[0])
    if archives := [name for name in names if name.lower().endswith(ARCHIVES)]:
        raise SubmissionFault(FaultKind.ARCHIVE, **details, found=archives[0])
    raise SubmissionFault(FaultKind.NO_NOTEBOOK, folder=details["folder"], wanted=", ".join(sorted(wanted)))


def notebooks_beside(submission: Submission) -> tuple[str, ...]:
    """The files handed in that are notebooks, but none of the assignment's."""
    return tuple(name for name in submission.files if name.endswith(".ipynb"))


def has_handed_in(assignment: Assignment, student: str) -> bool:
    """Whether the student's folder holds something for the assignment, or under a name that may mean it."""
    return assignment.submitted(student).is_dir() or bool(strangers(assignment.course, student))


def strangers(course: Course, student: str) -> list[str]:
    """Names in a student's folder that are no assignment of the course."""
    known = assignments(course)
    folder = course.folder("submitted_directory", student)
    return sorted(path.name for path in folder.iterdir() if path.name not in known and not path.name.startswith("."))


def submission_fingerprint(assignment: Assignment, student: str) -> str:
    """Changes when anything that was handed in changes; SubmissionFault where it can't be taken."""
    course, folder = assignment.course, _own_folder(assignment, student)
    if not folder.is_dir():
        return _digest({})
    return _digest(inventory(folder, course.directory().ignore, course.shown(folder)).files)


def _own_folder(assignment: Assignment, student: str) -> Path:
    """Where a submission lies; SubmissionFault for a name that can't be kept or shown, or a link in its place."""
    course, folder = assignment.course, assignment.submitted(student)
    if not is_text(student):
        shown = course.shown(folder.parent)
        raise SubmissionFault(FaultKind.NAME_IS_NO_TEXT, folder=shown, suggested=suggested_name(student))
    if ACTIVE_IN_A_NAME.search(student):
        raise SubmissionFault(FaultKind.BAD_NAME)
    for each in (folder.parent, folder):
        if each.is_symlink():
            raise SubmissionFault(FaultKind.LINK, file=course.shown(each))
    return folder


def _digest(files: Mapping[str, Path]) -> str:
    """A digest of paths in the folder and contents, not of where the course lies."""
    return digest(part for name in sorted(files) for part in (os.fsencode(name), _content(files[name])))


def _content(path: Path) -> bytes:
    """A file's bytes; none where it can't be read, which marking will tell."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
