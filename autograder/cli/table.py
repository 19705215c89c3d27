"""The table of marks: a row a student, a column a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.measure import Measurement
from rich.padding import Padding
from rich.text import Text

from autograder.cli.terminal import N_, Terminal, message, plain_text

if TYPE_CHECKING:
    from rich.table import Table

    from autograder.checks.messages import Message
    from autograder.classroom.late import FinalMark
    from autograder.grading import GradedCell, Mark, Result

NOTE_WIDTH = 20
WIDEST_NAME = 40  # of a student, on one line
MUCH = 10_000  # columns


def show_marks(
    terminal: Terminal,
    title: str,
    cells: Sequence[GradedCell],
    results: Sequence[Result],
    notes: Mapping[str, str] | None = None,
    final: Mapping[str, FinalMark] | None = None,
) -> None:
    """The marks of all results, by student; checks are numbered where their names would not fit.

    With the `final` marks: what of them lateness costs, and the mark after it, out of all points.
    """
    headings = [_heading(cell) for cell in cells if not cell.by_hand]
    table = _table(terminal, title, headings, results, notes, final)
    numbers = [*map(str, range(1, len(headings) + 1))]
    if is_numbered := notes is not None or _width(terminal, table) > terminal.console.width:
        table = _table(terminal, title, numbers, results, notes, final)
    terminal.console.print(table)
    if is_numbered:
        legend = [Text(f"{number} {heading}", "dim") for number, heading in zip(numbers, headings, strict=True)]
        terminal.console.print(Padding(Columns(legend, padding=(0, 3)), (1, 0, 1, 1)))
    _say_judges(terminal, [cell for cell in cells if not cell.by_hand])


def _table(
    terminal: Terminal,
    title: str,
    headings: Sequence[str],
    results: Sequence[Result],
    notes: Mapping[str, str] | None,
    final: Mapping[str, FinalMark] | None,
) -> Table:
    """The table with these headings of the checks, a word a line."""
    late = _late_columns(final)
    table = terminal.table(title)
    table.add_column(terminal.text(message("Student")), overflow="fold", max_width=WIDEST_NAME)
    if notes is not None:
        table.add_column(terminal.text(message("What they did")), min_width=NOTE_WIDTH)
    for heading in headings:
        table.add_column(heading.replace(" ", "\n"))
    total = message(N_("Total") if final is None else N_("Tests"))
    for heading in (terminal.text(total), *(terminal.text(message(each)) for each in late)):
        table.add_column(heading, justify="right", no_wrap=True)
    for result in sorted(results, key=lambda result: result.student):
        note = () if notes is None else (plain_text(notes[result.student]),)
        mark = (final or {}).get(result.student)
        after = [_late_cell(terminal, mark, heading) for heading in late]
        table.add_row(plain_text(result.student), *note, *_row(result, len(headings)), *after)
    return table


def _width(terminal: Terminal, table: Table) -> int:
    """Of the table where nothing in it is folded."""
    return Measurement.get(terminal.console, terminal.console.options.update(max_width=MUCH), table).maximum


def _say_judges(terminal: Terminal, tests: Sequence[GradedCell]) -> None:
    """Which tests are judged inside of the student's process: there, other things are promised of a mark."""
    inside = tuple(cell.label for cell in tests if cell.judge == "inside")
    if inside and len(inside) == len(tests):
        terminal.say("Judged inside, in the student's own process, as nbgrader does: all tests.")
    elif inside:
        terminal.say("Judged inside, in the student's own process, as nbgrader does: {tests}.", tests=inside)


def show_late(terminal: Terminal, final: Sequence[FinalMark]) -> None:
    """Who was late, by how much, and what it costs; nothing where nobody was."""
    late = {mark.student: mark for mark in final if mark.seconds_late}
    if not late:
        return
    table = terminal.table()
    table.add_column(terminal.text(message("Student")), overflow="fold")
    columns = _late_columns(late)
    for heading in columns:
        table.add_column(terminal.text(message(heading)), justify="right", no_wrap=True)
    for student, mark in sorted(late.items()):
        table.add_row(plain_text(student), *[_late_cell(terminal, mark, heading) for heading in columns])
    terminal.console.print(table)


def _late_columns(final: Mapping[str, FinalMark] | None) -> tuple[str, ...]:
    """The headings of what follows the tests; lateness only where somebody was late."""
    if final is None:
        return ()
    late = (N_("Late"), N_("Penalty")) if any(mark.seconds_late for mark in final.values()) else ()
    return (*late, N_("Mark"))


def _late_cell(terminal: Terminal, mark: FinalMark | None, heading: str) -> Text:
    if mark is None:
        return Text("–", "dim")
    if heading == "Mark":
        return Text(f"{mark.mark:g}/{mark.max_points:g}")
    if not mark.seconds_late:
        return Text("")
    if heading == "Penalty":
        return Text(f"−{mark.penalty:g}" if mark.penalty else "0", "yellow")
    return Text(terminal.text(lateness(mark.seconds_late)), "yellow")


def lateness(seconds: float) -> Message:
    """How late something came; a minute begun counts."""
    from autograder.classroom.late import days_and_time

    days, time = days_and_time(seconds)
    return message("{days} d {time}", days=days, time=time)


def _heading(cell: GradedCell) -> str:
    """What a test cell is called in the table, with its points."""
    notebook, test = [f"{cell.notebook}/"] if cell.has_namesake else [], cell.name.removeprefix("test_")
    return " ".join([*notebook, test.replace("_", " "), f"({cell.max_points:g})"])


def _row(result: Result, checks: int) -> list[Text]:
    """The marks and their sum; dashes where there are none."""
    from autograder.grading import Marked

    if not isinstance(result, Marked):
        return [*[Text("–", "dim")] * checks, Text("–", "red")]
    return [*map(_mark, result.marks), Text(f"{result.points:g}/{result.max_points:g}")]


def _mark(mark: Mark) -> Text:
    if mark.points is None:
        return Text("?", "yellow")
    if mark.points == mark.max_points:
        return Text("✓", "green")
    return Text(f"{mark.points:g}", "yellow") if mark.points else Text("✗", "red")
