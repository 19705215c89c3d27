"""A download of an LMS into `submitted/`: what is there is never lost, and a second time takes what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from autograder.classroom.archives import LeftOut, Member, opened
from autograder.classroom.downloads import Download, Pile, sort_out
from autograder.classroom.due import stored_dates
from autograder.classroom.laying import CollectOutcome, Place, Version, known_moment
from autograder.classroom.people import Handed, Match, Person, in_class_list, listed, match, new_id
from autograder.classroom.roster import Attendance, attendance
from autograder.classroom.unpacking import Notebooks, NotTaken, Remark, unpack
from autograder.classroom.worksheet import Participant, read_worksheet
from autograder.faults import CourseFault, course_fault
from autograder.grading.course import Assignment, assignments
from autograder.grading.gradebook import open_gradebook
from autograder.grading.handed_out import course_notebooks
from autograder.grading.inventory import JUNK
from autograder.grading.locking import sole_writer
from autograder.kinds import CollectKind, FaultKind

WITHOUT_NOTEBOOK = (CollectKind.NO_NOTEBOOK, CollectKind.CUT_SHORT)


@dataclass(frozen=True)
class Row:
    """What came in of one student; `name` is how the download calls them, times are in UTC.

    `time_before` was noted before for the same files.
    """

    student: str
    name: str
    outcome: CollectOutcome
    handed_in_at: datetime | None = None
    remarks: tuple[Remark, ...] = ()
    time_before: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Whether there is something to mark, and nothing was left that may be newer."""
        return self.is_complete and self.outcome is not CollectOutcome.UNDATED

    @property
    def is_complete(self) -> bool:
        """Whether there is something to mark."""
        kinds = {each.kind for each in self.remarks}
        return self.outcome is not CollectOutcome.NOT_TAKEN and kinds.isdisjoint(WITHOUT_NOTEBOOK)


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

    @property
    def wanted(self) -> frozenset[str]:
        """The files that are marked."""
        return frozenset(f"{name}.ipynb" for name in self.notebooks)


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
    reserved = {*assignments(work.assignment.course), *(each.id for each in work.people if each.is_listed)}
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
    remarks = unpacked.remarks
    if pile.late:
        remarks.append(Remark(CollectKind.LATE))
    place = Place(work.assignment, student, work.wanted)
    if unpacked.timestamp and handed.system == "files":  # a folder that somebody laid, with nbgrader's file in it
        moment = known_moment(unpacked.timestamp)
        if moment is None:
            remarks.append(Remark(CollectKind.BAD_TIMESTAMP))
    elif unpacked.timestamp:
        remarks.append(Remark(CollectKind.OWN_TIMESTAMP))
    if (kind := place.why_not()) is not None:
        return Row(student, handed.name, CollectOutcome.NOT_TAKEN, moment, (*remarks, Remark(kind)))
    with course_fault(FaultKind.NOT_WRITTEN, place.shown):
        laid = place.lay(Version(unpacked.files, moment), is_only)
    if laid.kept is not None:
        remarks.append(Remark(CollectKind.REPLACED, (work.assignment.course.shown(laid.kept),)))
    if laid.there.files != unpacked.files:  # what is there counts, not what came
        remarks = [each for each in remarks if each.kind not in WITHOUT_NOTEBOOK]
        if not work.wanted & laid.there.files.keys():
            remarks.append(Remark(CollectKind.NO_NOTEBOOK, tuple(sorted(laid.there.files))))
    return Row(student, handed.name, laid.outcome, laid.there.handed_in_at, tuple(remarks), laid.time_before)
