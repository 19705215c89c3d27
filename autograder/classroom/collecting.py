"""A download of an LMS into `submitted/`: what is there is never lost, and a second time takes what changed."""

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from autograder.classroom.archives import opened
from autograder.classroom.downloads import Download, Pile, sort_out
from autograder.classroom.due import stored_dates
from autograder.classroom.people import Handed, Match, Person, in_class_list, is_fit, listed, match, new_id
from autograder.classroom.roster import Attendance, attendance
from autograder.classroom.unpacking import Notebooks, NotTaken, Remark, Unpacked, unpack
from autograder.classroom.worksheet import Participant, read_worksheet
from autograder.grading.course import Assignment, assignments
from autograder.grading.gradebook import open_gradebook
from autograder.grading.guard import SubmissionFault
from autograder.grading.handed_out import course_notebooks
from autograder.grading.inventory import inventory
from autograder.grading.locking import sole_writer
from autograder.grading.marked import Submission
from autograder.grading.results import CourseFault
from autograder.grading.submissions import TIMESTAMP, handed_in_at
from autograder.kinds import CollectKind, FaultKind

# Beside what the course's settings leave out.
JUNK = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".venv")
REPLACED = (
    ".replaced"  # in submitted/: what a later download took the place of; neither nbgrader nor `grade` looks there
)


class Outcome(StrEnum):
    """What became of what a student handed in."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # than what is there, which stays
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class Row:
    """What came in of one student; `name` is how the download calls them, `handed_in_at` in UTC."""

    student: str
    name: str
    outcome: Outcome
    handed_in_at: datetime | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether there is something to mark."""
        return self.outcome is not Outcome.NOT_TAKEN and CollectKind.NO_NOTEBOOK not in {
            each.kind for each in self.remarks
        }


@dataclass(frozen=True)
class Collected:
    """What came in; `due` is in UTC, and another for a student who is among the `extended`.

    `stray` are files that are nobody's; of `without_times` it is not known when.
    """

    rows: tuple[Row, ...]
    due: datetime | None
    extended: Mapping[str, datetime]
    attendance: Attendance
    stray: tuple[str, ...]
    without_times: tuple[str, ...]

    def late_by(self, row: Row) -> timedelta | None:
        """By how much it came in after the due date; nothing where either is not known, or it came in time."""
        if self.due is None or row.handed_in_at is None:
            return None
        return max(row.handed_in_at - self.extended.get(row.student, self.due), timedelta())


@dataclass
class _Collecting:
    assignment: Assignment
    people: tuple[Person, ...]
    notebooks: Notebooks
    participants: Mapping[str, Participant]
    zone: tzinfo
    junk: tuple[str, ...]
    stray: list[str] = field(default_factory=list)
    without_times: list[str] = field(default_factory=list)


def collect_downloads(
    assignment: Assignment, sources: Sequence[Path], worksheet: Path | None = None, zone: tzinfo = UTC
) -> Collected:
    """Lay what was downloaded where `grade` looks for it; `zone` is that of the times of archives and worksheets."""
    course = assignment.course
    participants = read_worksheet(worksheet) if worksheet else {}
    with sole_writer(course):
        with open_gradebook(course) as gradebook:
            people = listed(gradebook)
            due, extended = stored_dates(gradebook, assignment.name)
        junk = (*course.directory().ignore, *JUNK)
        notebooks = course_notebooks(assignment)
        work = _Collecting(assignment, people, notebooks, participants, zone, junk)
        rows = [row for source in sources for row in _collect_source(work, source)]
    present = attendance(assignment, tuple(each.id for each in in_class_list(people)))
    rows.sort(key=lambda row: (row.student, row.handed_in_at or datetime.min))
    return Collected(tuple(rows), due, extended, present, tuple(work.stray), tuple(work.without_times))


def _collect_source(work: _Collecting, source: Path) -> list[Row]:
    with opened(source) as found:
        others = [each for each in assignments(work.assignment.course) if each != work.assignment.name]
        download = sort_out(found, work.assignment.name, others, work.junk)
        work.stray += download.stray
        students = _students(work, download)
        twice = Counter(each.student for each in students.values())
        rows = []
        for handed, meant in students.items():
            moment = _moment(work, download, handed)
            row = _collect_pile(work, download.piles[handed], meant.student, handed, moment)
            remarks = [Remark(meant.why_new)] if meant.why_new else []
            if twice[meant.student] > 1:
                remarks.append(Remark(CollectKind.TWICE))
            rows.append(replace(row, remarks=(*remarks, *row.remarks)))
    if any(row.handed_in_at is None for row in rows):
        work.without_times.append(str(source))
    return rows


def _students(work: _Collecting, download: Download) -> dict[Handed, Match]:
    """Who of the class list each is; namesakes that are in no list are told apart by their numbers."""
    found = {}
    for handed in download.piles:
        row = work.participants.get(handed.number) if handed.system == "moodle" else None
        found[handed] = match(handed, work.people, (row and row.full_name) or handed.name, row.email if row else "")
    reserved = {*assignments(work.assignment.course), *(each.id for each in work.people if each.words or each.email)}
    made = Counter(each.student for each in found.values() if each.why_new)
    for handed, each in found.items():
        if each.why_new and (made[each.student] > 1 or each.student in reserved):
            found[handed] = replace(each, student=new_id(each.student, handed.number or "2"))
    return found


def _moment(work: _Collecting, download: Download, handed: Handed) -> datetime | None:
    """When it was handed in, in UTC: as the worksheet has it, or the archive."""
    moment = None
    if handed.system == "moodle" and (row := work.participants.get(handed.number)):
        moment = row.moment
    if moment is None:
        times = [each.member.written_at for each in download.piles[handed].pieces if each.member.written_at]
        moment = max(times, default=None)
    if moment is None:
        return None
    return moment.replace(tzinfo=work.zone).astimezone(UTC).replace(tzinfo=None)


def _collect_pile(work: _Collecting, pile: Pile, student: str, handed: Handed, moment: datetime | None) -> Row:
    """What one student handed in, into their folder."""
    try:
        unpacked = unpack(pile.pieces, pile.left_out, work.notebooks, work.junk)
    except NotTaken as error:
        return Row(student, handed.name, Outcome.NOT_TAKEN, moment, (Remark(error.kind),))
    if pile.late:
        unpacked.remarks.append(Remark(CollectKind.LATE))
    if unpacked.timestamp and handed.system == "files":  # a folder that somebody laid, with nbgrader's file in it
        moment = _time_in(work, student, unpacked.timestamp)
    elif unpacked.timestamp:
        unpacked.remarks.append(Remark(CollectKind.OWN_TIMESTAMP))
    folder = work.assignment.submitted(student)
    if (kind := _why_not_there(student, folder)) is not None:
        return Row(student, handed.name, Outcome.NOT_TAKEN, moment, (*unpacked.remarks, Remark(kind)))
    try:
        outcome, moment = _lay(work, folder, student, unpacked, moment)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CourseFault(FaultKind.NOT_WRITTEN, file=work.assignment.course.shown(folder), error=reason) from error
    return Row(student, handed.name, outcome, moment, tuple(unpacked.remarks))


def _why_not_there(student: str, folder: Path) -> CollectKind | None:
    """Why nothing can be laid into a student's folder."""
    if not is_fit(student):
        return CollectKind.BAD_ID
    blocked = any(each.is_symlink() or (each.exists() and not each.is_dir()) for each in (folder, folder.parent))
    return CollectKind.IN_THE_WAY if blocked else None


def _lay(
    work: _Collecting, folder: Path, student: str, unpacked: Unpacked, moment: datetime | None
) -> tuple[Outcome, datetime | None]:
    """Put the files in the place of what is there, if they are others and not older; and what is known of the time."""
    files = dict(unpacked.files)
    there = _there(work, folder) if folder.is_dir() and any(folder.iterdir()) else None
    before = _time_in(work, student, there.get(TIMESTAMP, b"")) if there else None
    if there is not None and {name: each for name, each in there.items() if name != TIMESTAMP} == files:
        if moment is not None and moment != before:
            _write(folder / TIMESTAMP, _stamp(moment))
        return Outcome.UNCHANGED, moment or before
    if before and moment and moment < before:
        return Outcome.OLDER, moment
    if moment is not None:
        files[TIMESTAMP] = _stamp(moment)
    shelf = work.assignment.course.submitted.resolve()
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collecting-", dir=shelf) as staging:
        new = Path(staging, "new")
        new.mkdir()
        for path, content in files.items():
            _write(new / path, content)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if there is None and folder.is_dir():
            folder.rmdir()
        elif there is not None:
            kept = _place_for_replaced(shelf / REPLACED / student, work.assignment.name)
            os.replace(folder, kept)
            unpacked.remarks.append(Remark(CollectKind.REPLACED, (work.assignment.course.shown(kept),)))
        os.replace(new, folder)
    return (Outcome.NEW if there is None else Outcome.CHANGED), moment


def _there(work: _Collecting, folder: Path) -> dict[str, bytes]:
    """The files of a submission as it lies there; nothing where they can't be compared."""
    try:
        found = inventory(folder, work.assignment.course.directory().ignore, work.assignment.course.shown(folder))
    except SubmissionFault:
        return {}
    return {} if found.others else {name: path.read_bytes() for name, path in found.files.items()}


def _time_in(work: _Collecting, student: str, timestamp: bytes) -> datetime | None:
    """The time that a timestamp.txt tells; None where it tells none."""
    try:
        return handed_in_at(work.assignment, Submission(student, {}, {TIMESTAMP: timestamp}))
    except SubmissionFault:
        return None


def _stamp(moment: datetime) -> bytes:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC\n".encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _place_for_replaced(folder: Path, assignment: str) -> Path:
    """The first free name for what a download takes the place of."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (folder / f"{assignment}-{number}").exists():
        number += 1
    return folder / f"{assignment}-{number}"
