"""`autograder moves`: the marks that moved, from what to what, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from autograder.cli.help import Command
from autograder.cli.terminal import N_, Terminal, message, plain_text
from autograder.kinds import CauseKind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from autograder.grading.moves import Move

WIDEST_NAME = 30  # of a student, on one line
CAUSES: dict[CauseKind, str] = {
    CauseKind.NEW: N_("first marked"),
    CauseKind.SUBMISSION: N_("submission changed"),
    CauseKind.CELL: N_("cells of the course: {what}"),
    CauseKind.FILE: N_("files of the course: {what}"),
    CauseKind.VERSION: N_("versions: {what}"),
    CauseKind.SETTINGS: N_("settings of the course changed"),
    CauseKind.GRADER: N_("grader changed"),
    CauseKind.DATES: N_("dates, or what lateness costs"),
    CauseKind.FORCED: N_("marked again by --force"),
}


@click.command(cls=Command)
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
    from autograder.grading import open_course

    course = open_course(Path.cwd())
    zone = time_zone(course)
    start = None if since is None else read_moment(since, zone, START_OF_DAY).replace(tzinfo=UTC)
    found = moves_of(course, assignment, start)
    moved = [move for move in found if as_json or move.before is not None]
    show_moves(terminal, moved, as_json, zone)
    if firsts := len(found) - len(moved):
        terminal.say("Marked for the first time: {count}.", count=firsts)


def show_moves(terminal: Terminal, moves: Sequence[Move], as_json: bool, zone: ZoneInfo | None = None) -> None:
    """The moves by what they have in common, with the assignment and the time in the `zone` if given; or as JSON."""
    if as_json:
        click.echo(json.dumps([asdict(move) for move in moves], indent=2))
        return
    if not moves:
        terminal.say("No mark moved.")
        return
    groups: dict[str, list[Move]] = {}
    for move in moves:
        groups.setdefault(_heading(terminal, move, zone), []).append(move)
    for heading, together in groups.items():
        terminal.write(heading, "bold")
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(max_width=WIDEST_NAME, overflow="fold")
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for move in together:
            mark = f"{'–' if move.before is None else f'{move.before.mark:g}'} → {move.now.mark:g}"
            time = f"  {_local(move.at, zone):%H:%M}" if zone else ""
            table.add_row(time, plain_text(move.student), mark, _lines(_what_moved(terminal, move)))
        terminal.console.print(table)


def _heading(terminal: Terminal, move: Move, zone: ZoneInfo | None) -> str:
    """What moves have in common that are shown together: when and of what, where the `zone` is given, and why."""
    what: dict[CauseKind, list[str]] = {}
    for cause in move.because:
        what.setdefault(cause.kind, []).append(cause.what)
    why = "; ".join(terminal.text(message(CAUSES[kind], what=tuple(each))) for kind, each in what.items())
    return f"{_local(move.at, zone):%Y-%m-%d}, {move.assignment}: {why}" if zone else f"{why[:1].upper()}{why[1:]}:"


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


def _local(at: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(at).astimezone(zone)


def _lines(text: str) -> Text:
    """Lines of our own, with nothing in them that a terminal would obey."""
    return Text("\n").join(plain_text(line) for line in text.split("\n"))
