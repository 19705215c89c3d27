"""`autograder moves`: the marks that moved, from what to what, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from autograder.cli.faults import say_fault
from autograder.cli.terminal import N_, Terminal, message, plain_text
from autograder.kinds import CauseKind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from autograder.grading.moves import Move

CAUSES: dict[CauseKind, str] = {
    CauseKind.NEW: N_("first marked"),
    CauseKind.SUBMISSION: N_("submission"),
    CauseKind.CELL: N_("course, cell {what}"),
    CauseKind.FILE: N_("course, file {what}"),
    CauseKind.VERSION: N_("version of {what}"),
    CauseKind.SETTINGS: N_("settings of the course"),
    CauseKind.GRADER: N_("grader"),
    CauseKind.DATES: N_("dates, or what lateness costs"),
    CauseKind.FORCED: N_("marked again by --force"),
}


@click.command()
@click.argument("assignment", required=False)
@click.option("--since", metavar="WHEN", help="Only moves from then on, as 2026-11-05 or 05.11.2026 18:00.")
@click.option("--json", "as_json", is_flag=True, help="Print the moves for a program to read, and nothing else.")
@click.pass_obj
def moves(terminal: Terminal, assignment: str | None, since: str | None, as_json: bool) -> None:
    """Show which marks moved since the first marking, of ASSIGNMENT or of all.

    Run it in the course folder. `grade` and `due` keep the record, moves.jsonl beside the gradebook: a line a move,
    and lines are only added. `grade --dry-run` shows beforehand what would move.
    """
    from autograder.classroom.dates import START_OF_DAY, read_moment, time_zone
    from autograder.classroom.history import moves_of
    from autograder.grading import CourseFault, open_course

    try:
        course = open_course(Path.cwd())
        zone = time_zone(course)
        if assignment is not None:
            course.assignment(assignment)  # it is told where there is none
        start = None if since is None else read_moment(since, zone, START_OF_DAY).replace(tzinfo=UTC)
        found = moves_of(course, assignment, start)
    except CourseFault as fault:
        say_fault(terminal, fault.fault, fault.details)
        raise SystemExit(2) from None
    moved = [move for move in found if as_json or move.before is not None]
    show_moves(terminal, moved, as_json, zone)
    if firsts := len(found) - len(moved):
        terminal.say("Marked for the first time: {count}.", count=firsts)


def show_moves(terminal: Terminal, moves: Sequence[Move], as_json: bool, zone: ZoneInfo | None = None) -> None:
    """The moves as a table, with the assignment and the time in the `zone` if given; or as JSON."""
    if as_json:
        click.echo(json.dumps([asdict(move) for move in moves], indent=2))
        return
    if not moves:
        terminal.say("No mark moved.")
        return
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    headings = [N_("When"), N_("Assignment")] if zone else []
    for heading in (*headings, N_("Student"), N_("Mark"), N_("What moved"), N_("Why")):
        table.add_column(terminal.text(message(heading)), overflow="fold")
    for move in moves:
        mark = f"{'–' if move.before is None else f'{move.before.mark:g}'} → {move.now.mark:g}"
        why = "\n".join(terminal.text(message(CAUSES[cause.kind], what=cause.what)) for cause in move.because)
        when = [Text(_shown(move.at, zone)), plain_text(move.assignment)] if zone else []
        what = _what_moved(terminal, move)
        table.add_row(*when, plain_text(move.student), Text(mark), *map(_lines, (what, why)))
    terminal.console.print(table)


def _what_moved(terminal: Terminal, move: Move) -> str:
    """The cells and the penalty, from what to what; of a first marking nothing, as all is new."""
    if move.before is None:
        return ""
    lines = [f"{name} {_points(before)} → {_points(now)}" for name, (before, now) in move.cells.items()]
    if move.before.penalty != move.now.penalty:
        penalty = terminal.text(message("penalty"))
        lines.append(f"{penalty} {move.before.penalty:g} → {move.now.penalty:g}")
    return "\n".join(lines)


def _points(points: float | None) -> str:
    return "?" if points is None else f"{points:g}"


def _shown(at: str, zone: ZoneInfo) -> str:
    from autograder.classroom.dates import shown

    return shown(datetime.fromisoformat(at).astimezone(zone).replace(second=0))


def _lines(text: str) -> Text:
    """Lines of our own, with nothing in them that a terminal would obey."""
    return Text("\n").join(plain_text(line) for line in text.split("\n"))
