"""`autograder collect`: lays a download of an LMS into `submitted/`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from rich.text import Text

from autograder.checks.messages import some
from autograder.cli.help import Command
from autograder.cli.table import lateness
from autograder.cli.terminal import N_, Terminal, message, plain_text
from autograder.kinds import CollectKind

if TYPE_CHECKING:
    from autograder.checks.messages import Message
    from autograder.classroom.collecting import Collected, Row
    from autograder.classroom.roster import Attendance
    from autograder.classroom.unpacking import Remark

STUDENT_WIDTH = 24
MOST_NAMES = 5  # in a remark
MOST_LETTERS = 60  # of such a name
OUTCOMES = {
    "new": N_("new"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "older": N_("older than what is there, which stays"),
    "kept": N_("of the same time as what is there, which stays: changed here by hand, or is the worksheet older?"),
    "undated": N_(
        "not taken: its time is not known, and that of what is there is. "
        "Give --worksheet, or delete timestamp.txt there"
    ),
    "not_taken": N_("not taken"),
}
REMARKS: dict[CollectKind, str] = {
    CollectKind.UNLISTED: N_("not in the class list: the id is made of the name"),
    CollectKind.NAMESAKES: N_("several in the class list have this name: the id is new"),
    CollectKind.TWICE: N_("twice in the download"),
    CollectKind.SEVERAL: N_("several notebooks of the assignment, the first of these was taken: {files}"),
    CollectKind.NO_NOTEBOOK: N_("no notebook of the assignment among: {files}"),
    CollectKind.CUT_SHORT: N_("cut short, or no notebook: {files}. Ask for it again"),
    CollectKind.LATE: N_("late, says the LMS"),
    CollectKind.BAD_TIMESTAMP: N_(
        "left out, since it tells no time: timestamp.txt. Write, for instance, 2026-11-28 17:30:00 UTC"
    ),
    CollectKind.OWN_TIMESTAMP: N_("the student's own timestamp.txt was left out"),
    CollectKind.REPLACED: N_("what was there before is kept in {files}"),
    CollectKind.OUTSIDE: N_("left out, since its path leads out of the folder: {files}"),
    CollectKind.LINK: N_("left out, since it is a link: {files}"),
    CollectKind.ENCRYPTED: N_("left out, since it is encrypted: {files}"),
    CollectKind.PACKING: N_("left out, since it is compressed in an unusual way: {files}"),
    CollectKind.DAMAGED: N_("left out, since it is damaged: {files}"),
    CollectKind.TWIN: N_("left out, since another file has the same name, but for capital letters: {files}"),
    CollectKind.LONG_NAME: N_("left out, since its name is too long: {files}"),
    CollectKind.TOO_LARGE: N_("left out, since it is too large once unpacked: {files}"),
    CollectKind.TOO_LARGE_IN_ALL: N_("larger than {files} MB: ask for it without its outputs and data"),
    CollectKind.TOO_MANY_FILES: N_("too many files"),
    CollectKind.OF_A_CLASS: N_("this is the archive of a class: collect it by its own path, and not its folder"),
    CollectKind.BAD_ARCHIVE: N_("an archive that can't be opened: {files}"),
    CollectKind.IN_THE_WAY: N_("a link or a file is where the folder should be"),
    CollectKind.BAD_ID: N_("the id can't be the name of a folder"),
    CollectKind.NO_ID: N_("neither a login nor an email"),
    CollectKind.SAME_ID: N_("another student has this id"),
}


class Zone(click.ParamType[tzinfo]):
    """A time zone by its name."""

    name = "zone"

    def convert(self, value: str | tzinfo, param: click.Parameter | None, context: click.Context | None) -> tzinfo:
        if isinstance(value, tzinfo):
            return value
        try:
            return ZoneInfo(value)
        except (LookupError, ValueError, OSError):
            self.fail(f"{value!r} is no time zone, such as Europe/Moscow", param, context)


@click.command(cls=Command)
@click.argument("assignment")
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE…", type=click.Path(exists=True, path_type=Path))
@click.option("--worksheet", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Moodle's grading worksheet: who is who, and when they handed in.")  # fmt: skip
@click.option("--zone", metavar="NAME", type=Zone(),
              help="The time zone of the archive's and the worksheet's times (default: the course's).")  # fmt: skip
@click.pass_obj
def collect(
    terminal: Terminal, assignment: str, archives: tuple[Path, ...], worksheet: Path | None, zone: tzinfo | None
) -> None:
    """Lay what Moodle or Canvas packed into submitted/<student>/ASSIGNMENT/.

    Run it in the course folder. ARCHIVE is the zip as it was downloaded, the folder it was unpacked to, or a folder of
    notebooks. A notebook is known by what it holds, whatever its name. Again, it takes what changed; what was there
    before is kept in submitted/.replaced. Exit code: 0 when there is a notebook of everyone in the archive, and nothing
    was left for want of a time; 1 when not; 2 for wrong usage, a faulty course or an archive that can't be opened.
    """
    from autograder.classroom.collecting import collect_downloads
    from autograder.classroom.dates import time_zone
    from autograder.grading import open_course

    with terminal.status(message("Looking at what came in …")):
        course = open_course(Path.cwd())
        zone = zone or time_zone(course)
        collected = collect_downloads(course.assignment(assignment), archives, worksheet, zone)
    if collected.rows:
        _show(terminal, assignment, collected, zone)
    _say_counts(terminal, collected)
    say_attendance(terminal, collected.attendance)
    _say_what_is_not_known(terminal, collected)
    raise SystemExit(0 if collected.rows and all(row.is_settled for row in collected.rows) else 1)


def _show(terminal: Terminal, title: str, collected: Collected, zone: tzinfo) -> None:
    """Who, when, by how much late, what became of it and what was odd."""
    table = terminal.table(title)
    table.add_column(terminal.text(message("Student")), overflow="fold", max_width=STUDENT_WIDTH)
    table.add_column(terminal.text(message("Handed in")), overflow="fold")
    if collected.due is not None:
        table.add_column(terminal.text(message("Late by")), overflow="fold")
    table.add_column(terminal.text(message("What came in")), overflow="fold", ratio=1)
    for row in collected.rows:
        late = [] if collected.due is None else [_late(terminal, collected.late_by(row))]
        table.add_row(plain_text(row.student), _when(row.handed_in_at, zone), *late, _what(terminal, row, zone))
    terminal.console.print(table)


def _when(moment: datetime | None, zone: tzinfo) -> Text:
    return Text("–", "dim") if moment is None else Text(f"{moment.replace(tzinfo=UTC).astimezone(zone):%Y-%m-%d %H:%M}")


def _late(terminal: Terminal, late_by: timedelta | None) -> Text:
    if late_by is None:
        return Text("–", "dim")
    if not late_by:
        return plain_text(terminal.text(message("in time")), "dim")
    return plain_text(terminal.text(lateness(late_by.total_seconds())), "yellow")


def _what(terminal: Terminal, row: Row, zone: tzinfo) -> Text:
    """What became of it, and each remark on a line of its own."""
    style = "" if row.is_complete else "red"
    lines = [plain_text(terminal.text(message(OUTCOMES[row.outcome])), style)]
    if row.name.casefold() != row.student.casefold():
        lines[0].append_text(plain_text(f" ({row.name})", "dim"))
    if row.time_before is not None:
        told = message("another time than before: {time}", time=f"{_when(row.time_before, zone)}")
        lines.append(plain_text(terminal.text(told), "yellow"))
    lines += [plain_text(terminal.text(_told(each)), "yellow") for each in row.remarks]
    return Text("\n").join(lines)


def _told(remark: Remark) -> Message:
    return message(REMARKS[remark.kind], files=", ".join(some([*map(shortened, remark.files)], MOST_NAMES)))


def shortened(name: str) -> str:
    """A name that somebody else chose, of which a path's end tells most."""
    return name if len(name) <= MOST_LETTERS else f"…{name[-MOST_LETTERS:]}"


def _say_counts(terminal: Terminal, collected: Collected) -> None:
    counts = {each: sum(row.outcome == each for row in collected.rows) for each in OUTCOMES}
    told = [f"{terminal.text(message(OUTCOMES[each]))}: {count}" for each, count in counts.items() if count]
    if told:
        terminal.write(" · ".join(told))
    if without := tuple(row.student for row in collected.rows if not row.is_complete):
        text = message("No notebook to mark ({count}): {students}. The table says why.",
                       count=len(without), students=without)  # fmt: skip
        terminal.item("✗", terminal.text(text), "red")


def say_attendance(terminal: Terminal, attendance: Attendance) -> None:
    """Who in the class list has handed in nothing, and who has handed in and is not in it."""
    for template, students in (
        (N_("{assignment}: in the class list, and nothing handed in ({count}): {students}."), attendance.absent),
        (N_("{assignment}: handed in, and not in the class list ({count}): {students}."), attendance.unlisted),
    ):
        if students:
            terminal.say(template, assignment=attendance.assignment, count=len(students), students=students)


def _say_what_is_not_known(terminal: Terminal, collected: Collected) -> None:
    if collected.without_times:
        text = message(
            "{archives} does not tell when everyone handed in. Moodle's grading worksheet does: --worksheet FILE.",
            archives=collected.without_times,
        )
        terminal.remark(text)
    if collected.stray:
        text = message("Nobody's, and left out: {files}.", files=tuple(map(shortened, collected.stray[:MOST_NAMES])))
        terminal.remark(text)
