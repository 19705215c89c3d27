"""`autograder roster`: brings the gradebook's students up to a class list."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.collect import REMARKS, say_attendance, shortened
from autograder.cli.help import Command
from autograder.cli.terminal import Terminal, message


@click.command(cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def roster(terminal: Terminal, file: Path) -> None:
    """Bring the gradebook's students up to the class list in FILE.

    Run it in the course folder. FILE is the list of participants or the gradebook that Moodle or Canvas exports as CSV,
    or a table with the columns login (or email), last name, first name. A student's id is the login; without one, what
    is before the @ of the email. Nobody is taken out of the gradebook. Exit code: 0 when every row became a student; 1
    when some did not; 2 for wrong usage, a faulty course or a file that is no class list.
    """
    from autograder.classroom.roster import take_roster
    from autograder.grading import open_course

    taken = take_roster(open_course(Path.cwd()), file)
    terminal.say("Students new to the gradebook: {new}, changed: {changed}, as they were: {unchanged}.",
                 new=len(taken.new), changed=len(taken.changed), unchanged=len(taken.unchanged))  # fmt: skip
    for each in taken.rejected:
        why = message(REMARKS[each.why])
        terminal.item(
            "✗", terminal.text(message("“{row}” was left out: {why}.", row=shortened(each.row), why=why)), "red"
        )
    for each_assignment in taken.attendance:
        say_attendance(terminal, each_assignment)
    raise SystemExit(1 if taken.rejected else 0)
