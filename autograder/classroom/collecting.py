"""A download of an LMS into `submitted/`: what is there is never lost, and a second time takes what changed."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from autograder.classroom.archives import LeftOut, Member, opened
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
from autograder.grading.inventory import JUNK, inventory
from autograder.grading.locking import sole_writer
from autograder.grading.marked import Submission
from autograder.grading.results import CourseFault
from autograder.grading.submissions import TIMESTAMP, handed_in_at
from autograder.kinds import CollectKind, FaultKind

REPLACED = (
    ".replaced"  # in submitted/: what a later download took the place of; neither nbgrader nor `grade` looks there
)


class CollectOutcome(StrEnum):
    """What became of what a student handed in."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # than what is there, which stays
    KEPT = "kept"  # the same submission, which somebody has changed here since
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class Row:
    """What came in of one student; `name` is how the download calls them, `handed_in_at` in UTC."""

    student: str
    name: str
    outcome: CollectOutcome
    handed_in_at: datetime | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether there is something to mark."""
        return self.outcome is not CollectOutcome.NOT_TAKEN and CollectKind.NO_NOTEBOOK not in {
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
        with ExitStack() as files:
            downloads = {each: _sorted_out(work, files.enter_context(opened(each))) for each in sources}
            handed = list(dict.fromkeys(each for download in downloads.values() for each in download.piles))
            if worksheet:
                _require_participants(worksheet, participants, handed)
            students = _students(work, handed)
            rows = [row for each, download in downloads.items() for row in _collected(work, each, download, students)]
    present = attendance(assignment, tuple(each.id for each in in_class_list(people)))
    not_taken = {row.student for row in rows if row.outcome is CollectOutcome.NOT_TAKEN}
    present = replace(present, absent=tuple(each for each in present.absent if each not in not_taken))
    rows.sort(key=lambda row: (row.student, row.handed_in_at or datetime.min))
    return Collected(tuple(rows), due, extended, present, tuple(work.stray), tuple(work.without_times))


def _sorted_out(work: _Collecting, found: list[Member | LeftOut]) -> Download:
    others = [each for each in assignments(work.assignment.course) if each != work.assignment.name]
    download = sort_out(found, work.assignment.name, others, work.junk)
    work.stray += download.stray
    return download


def _require_participants(worksheet: Path, participants: Mapping[str, Participant], handed: Iterable[Handed]) -> None:
    """CourseFault for the worksheet of another assignment: a participant has another number in each."""
    numbers = {each.number for each in handed if each.system == "moodle"}
    if numbers and not numbers & participants.keys():
        raise CourseFault(FaultKind.OTHER_WORKSHEET, file=str(worksheet))


def _collected(
    work: _Collecting, source: Path, download: Download, students: Mapping[Handed, Match]
) -> Iterator[Row]:
    """What came in by one download; `students` are those of all."""
    times_meant = Counter(each.student for each in students.values())
    for handed, pile in download.piles.items():
        meant = students[handed]
        is_only = times_meant[meant.student] == 1
        row = _collect_pile(work, pile, meant.student, handed, _moment(work, download, handed), is_only)
        if row.handed_in_at is None and str(source) not in work.without_times:
            work.without_times.append(str(source))
        remarks = [Remark(meant.why_new)] if meant.why_new else []
        if not is_only:
            remarks.append(Remark(CollectKind.TWICE))
        yield replace(row, remarks=(*remarks, *row.remarks))


def _students(work: _Collecting, all_handed: Iterable[Handed]) -> dict[Handed, Match]:
    """Who of the class list each is; namesakes that are in no list are told apart by their numbers."""
    found = {}
    for handed in all_handed:
        row = work.participants.get(handed.number) if handed.system == "moodle" else None
        found[handed] = match(handed, work.people, (row and row.full_name) or handed.name, row.email if row else "")
    reserved = {*assignments(work.assignment.course), *(each.id for each in work.people if each.words or each.email)}
    made = Counter(each.student for each in found.values() if each.why_new)
    for handed, each in found.items():
        numbered = new_id(each.student, handed.number or "2")
        came_before = bool(handed.number) and work.assignment.submitted(numbered).is_dir()
        if each.why_new and (made[each.student] > 1 or each.student in reserved or came_before):
            found[handed] = replace(each, student=numbered)
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


def _collect_pile(
    work: _Collecting, pile: Pile, student: str, handed: Handed, moment: datetime | None, is_only: bool
) -> Row:
    """What one student handed in, laid into their folder; `is_only` where nothing else of theirs came this time."""
    try:
        unpacked = unpack(pile.pieces, pile.left_out, work.notebooks, work.junk)
    except NotTaken as error:
        return Row(student, handed.name, CollectOutcome.NOT_TAKEN, moment, (error.remark,))
    if pile.late:
        unpacked.remarks.append(Remark(CollectKind.LATE))
    if unpacked.timestamp and handed.system == "files":  # a folder that somebody laid, with nbgrader's file in it
        moment = _time_in(work, student, unpacked.timestamp)
        if moment is None:
            unpacked.remarks.append(Remark(CollectKind.BAD_TIMESTAMP))
    elif unpacked.timestamp:
        unpacked.remarks.append(Remark(CollectKind.OWN_TIMESTAMP))
    folder = work.assignment.submitted(student)
    if (kind := _why_not_there(student, folder)) is not None:
        return Row(student, handed.name, CollectOutcome.NOT_TAKEN, moment, (*unpacked.remarks, Remark(kind)))
    try:
        outcome, moment = _lay(work, folder, student, unpacked, moment, is_only)
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
    work: _Collecting, folder: Path, student: str, unpacked: Unpacked, moment: datetime | None, is_only: bool
) -> tuple[CollectOutcome, datetime | None]:
    """Put the files in the place of what is there, if they are others and newer; and what is known of the time."""
    files = dict(unpacked.files)
    there = _there(work, folder) if folder.is_dir() and any(folder.iterdir()) else None
    before = _time_in(work, student, there.get(TIMESTAMP, b"")) if there else None
    if there is not None and {name: each for name, each in there.items() if name != TIMESTAMP} == files:
        if moment is not None and moment != before:
            _write(folder / TIMESTAMP, _stamp(moment))
        return CollectOutcome.UNCHANGED, moment or before
    wanted = {f"{name}.ipynb" for name in work.notebooks}
    has_notebook = there is not None and bool(wanted & there.keys())
    is_older = bool(before and moment and moment < before)
    is_the_same = is_only and (
        bool(before and moment == before) or (moment is None and has_notebook and not wanted & files.keys())
    )
    if is_older or is_the_same:
        if has_notebook:
            unpacked.remarks = [each for each in unpacked.remarks if each.kind is not CollectKind.NO_NOTEBOOK]
        return (CollectOutcome.OLDER if is_older else CollectOutcome.KEPT), moment or before
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
    return (CollectOutcome.NEW if there is None else CollectOutcome.CHANGED), moment


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
