"""`autograder grade`: marks what lies in `submitted/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.faults import say_fault
from autograder.cli.progress import watched
from autograder.cli.table import show_marks
from autograder.cli.terminal import N_, Terminal, message

if TYPE_CHECKING:
    from autograder.grading import Course, GradedCell, Plan, Result


@click.command()
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Notebooks to run at a time.")
@click.option("--timeout", type=click.IntRange(1), metavar="S", help="Seconds for one cell (default: the course's).")
@click.option("--student", metavar="ID", help="Mark this student only.")
@click.option("--force", is_flag=True, help="Mark again what is marked and unchanged, too.")
@click.pass_obj
def grade(
    terminal: Terminal, assignment: str, jobs: int, timeout: int | None, student: str | None, force: bool
) -> None:
    """Mark what lies in submitted/<student>/ASSIGNMENT/, into autograded/ and gradebook.db.

    Run it in the course folder. What is marked already is marked again only if the submission or the course changed.
    Exit code: 0 when all submissions were marked, whatever their marks; 1 when some could not be; 2 for wrong usage or
    a faulty course.
    """
    from autograder.grading import CourseFault, graded_cells, open_course, plan

    try:
        with terminal.console.status(terminal.text(message("Looking for what is to be marked …"))):
            course = open_course(Path.cwd())
            to_do = plan(course, assignment, student, force)
    except CourseFault as fault:
        say_fault(terminal, fault.fault, fault.details)
        raise SystemExit(2) from None
    results = [*to_do.unchanged, *mark_with_progress(terminal, course, assignment, to_do, jobs, timeout)]
    cells = graded_cells(course, assignment)
    if results:
        show_marks(terminal, assignment, cells, results)
    _say_what_was_done(terminal, to_do)
    _say_by_hand(terminal, cells)
    raise SystemExit(1 if say_what_is_open(terminal, results) else 0)


def mark_with_progress(
    terminal: Terminal, course: Course, assignment: str, to_do: Plan, jobs: int, timeout: int | None = None
) -> list[Result]:
    """Mark what the plan says, with the progress on the terminal."""
    from autograder.grading import carry_out

    results: list[Result] = []
    total = len(to_do.to_mark)
    try:
        for result in watched(terminal, carry_out(course, assignment, to_do, jobs, timeout), total):
            results.append(result)  # kept one by one: an interruption loses none
    except KeyboardInterrupt:
        terminal.say("Interrupted after {done} of {total}. Run this again to go on from there.",
                     done=len(results), total=total)  # fmt: skip
        raise SystemExit(1) from None
    return results


WHYS = {
    "new": N_("new: {count}"),
    "submission_changed": N_("submission changed: {count}"),
    "course_changed": N_("course changed: {count}"),
    "forced": N_("by --force: {count}"),
}


def _say_what_was_done(terminal: Terminal, to_do: Plan) -> None:
    """How many were marked and why, how many were left as they are."""
    counts = Counter(WHYS[why] for _student, why in to_do.to_mark)
    counts[N_("unchanged, marks kept: {count}")] = len(to_do.unchanged)
    counts[N_("nothing submitted: {count}")] = len(to_do.nothing_submitted)
    terminal.write(" · ".join(terminal.text(message(what, count=n)) for what, n in counts.items() if n))


def _say_by_hand(terminal: Terminal, cells: Sequence[GradedCell]) -> None:
    """What the tests leave to a person."""
    if by_hand := ", ".join(f"{cell.name} ({cell.max_points:g})" for cell in cells if cell.by_hand):
        terminal.say("To mark by hand, in `nbgrader formgrader`: {cells}", cells=by_hand)


def say_what_is_open(terminal: Terminal, results: Sequence[Result]) -> bool:
    """Name each submission that is not fully marked; whether there are any."""
    from autograder.grading import Marked

    open_results = [result for result in results if not isinstance(result, Marked) or result.could_not_tell]
    for result in sorted(open_results, key=lambda result: result.student):
        if isinstance(result, Marked):
            say_fault(terminal, "could_not_tell", {"checks": ", ".join(result.could_not_tell)}, result.student)
        else:
            say_fault(terminal, result.fault, result.details, result.student)
    return bool(open_results)
