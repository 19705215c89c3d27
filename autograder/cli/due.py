"""`autograder due`: when an assignment is due, and for whom later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.faults import Problem
from autograder.cli.help import Command
from autograder.cli.table import show_late
from autograder.cli.terminal import N_, Terminal

if TYPE_CHECKING:
    from autograder.classroom.due import DueDates

TOGETHER: tuple[set[str], ...] = (set(), {"when"}, {"remove"}, {"student", "until"}, {"student", "remove"})
NOT_TOGETHER = (
    N_("These arguments do not go together."),
    N_(
        "`autograder due {assignment}` shows the dates; with WHEN it sets the due date; "
        "with --student ID --until WHEN, an extension; with --remove, or --student ID --remove, it takes one away."
    ),
)


@click.command(cls=Command)
@click.argument("assignment")
@click.argument("when", required=False)
@click.option("--student", metavar="ID", help="The student who gets an extension.")
@click.option("--until", metavar="WHEN", help="Until when this student has time.")
@click.option("--remove", is_flag=True, help="Take away the due date with its extensions, or the student's extension.")
@click.pass_obj
def due(
    terminal: Terminal, assignment: str, when: str | None, student: str | None, until: str | None, remove: bool
) -> None:
    """Show when ASSIGNMENT is due, or set it: WHEN, or an extension with --student and --until.

    Run it in the course folder. A WHEN is 2026-11-05, 2026-11-05 18:00 or 05.11.2026 18:00, in the time zone that
    nbgrader_config.py sets as c.Term.time_zone; a date alone means the end of that day. Penalties for late submissions
    follow at once, in the gradebook too; nothing is marked again.
    """
    given = {name for name, value in {"when": when, "student": student, "until": until}.items() if value is not None}
    if given | ({"remove"} if remove else set()) not in TOGETHER:
        raise Problem(*NOT_TOGETHER, assignment=assignment)
    from autograder.classroom.dates import END_OF_DAY, read_moment, time_zone
    from autograder.classroom.due import due_dates, set_due_date, set_extension
    from autograder.classroom.late import final_marks, follow_dates
    from autograder.grading import open_course, sole_writer
    from autograder.grading.gradebook import open_gradebook, update_gradebook

    course = open_course(Path.cwd())
    zone = time_zone(course)
    written = when if student is None else until
    moment = None if written is None else read_moment(written, zone, END_OF_DAY)
    with sole_writer(course):
        update_gradebook(course.assignment(assignment))
        with open_gradebook(course) as gradebook:
            gone: tuple[str, ...] = ()
            if student is not None:
                set_extension(course, gradebook, assignment, student, moment)
            elif moment or remove:
                gone = set_due_date(gradebook, assignment, moment)
            follow_dates(course, gradebook, assignment)
            marks = final_marks(course, gradebook, assignment)
            dates = due_dates(course, gradebook, assignment)
    _say_dates(terminal, assignment, dates, zone.key)
    if gone:
        terminal.say("Extensions that are gone, as they end before it ({count}): {students}.",
                     "yellow", count=len(gone), students=gone)  # fmt: skip
    show_late(terminal, list(marks.values()))


def _say_dates(terminal: Terminal, assignment: str, dates: DueDates, zone: str) -> None:
    from autograder.classroom.dates import shown

    if dates.due is None:
        terminal.say("{assignment} has no due date.", assignment=assignment)
        return
    terminal.say("{assignment} is due {due} ({zone}).", assignment=assignment, due=shown(dates.due), zone=zone)
    for student, until in dates.extensions.items():
        terminal.say("{student}: until {until}.", student=student, until=shown(until))
