"""`autograder report`: the class at a glance."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.attention import ATTENTION
from autograder.cli.help import Command
from autograder.cli.terminal import Terminal
from autograder.faults import course_fault
from autograder.kinds import FaultKind

if TYPE_CHECKING:
    from autograder.classroom.analysis import Report

FORMGRADER = "http://localhost:8888"


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"{value!r} is no address: it begins with http:// or https://.")
    return value


@click.command(cls=Command)
@click.argument("assignment")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Where to write the page (default: reports/ASSIGNMENT.html).")  # fmt: skip
@click.option("--released", metavar="WHEN",
              help="When the assignment was handed out, written as for `due`: “2026-09-07 09:00”.")  # fmt: skip
@click.option("--jupyter", default=FORMGRADER, callback=_address, metavar="URL",
              help=f"Where Jupyter with formgrader runs, for the links (default: {FORMGRADER}).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program to read, and write no page.")
@click.pass_obj
def report(
    terminal: Terminal, assignment: str, output: Path | None, released: str | None, jupyter: str, as_json: bool
) -> None:
    """Write the class at a glance: one page on the marks of ASSIGNMENT.

    Run it in the course folder, after `grade`. The page opens from disk, prints on A4, and needs nothing beside it.
    Exit code: 0 when it was written, 2 for wrong usage, or where nothing is marked.
    """
    from autograder.classroom.analysis import analyse
    from autograder.classroom.dates import START_OF_DAY, read_moment, time_zone
    from autograder.classroom.gather import gather
    from autograder.classroom.page import render
    from autograder.grading import open_course

    course = open_course(Path.cwd())
    handed_out = None if released is None else read_moment(released, time_zone(course), START_OF_DAY)
    found = analyse(gather(course.assignment(assignment)), handed_out)
    if as_json:
        click.echo(json.dumps(as_plain(found), indent=2))
        return
    path = output or course.root / "reports" / f"{assignment}.html"
    page = render(found, terminal.language, terminal.text, jupyter, ATTENTION)
    with course_fault(FaultKind.NOT_WRITTEN, course.shown(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    terminal.say("Written: {file}. Open it in a browser.", file=course.shown(path))


def as_plain(report: Report) -> dict[str, Any]:
    """The report as what JSON can hold."""
    plain = asdict(report)
    taken = report.times.taken
    plain["times"]["taken"] = taken.total_seconds() if taken is not None else None
    return dict(json.loads(json.dumps(plain, default=_in_iso)))


def _in_iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
