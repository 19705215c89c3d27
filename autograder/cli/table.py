"""The table of marks: a row a student, a column a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.columns import Columns
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.cli.terminal import Terminal, message, plain_text

if TYPE_CHECKING:
    from autograder.grading import GradedCell, Mark, Result

NOTE_WIDTH = 20


def show_marks(
    terminal: Terminal,
    title: str,
    cells: Sequence[GradedCell],
    results: Sequence[Result],
    notes: Mapping[str, str] | None = None,
) -> None:
    """The marks of all results, by student; checks are numbered where their names would not fit."""
    headings = [_heading(cell) for cell in cells if not cell.by_hand]
    results = sorted(results, key=lambda result: result.student)
    numbered = notes is not None or not _headings_fit(terminal, headings, results)
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.title, table.title_justify, table.title_style = Text("\n").append_text(plain_text(title)), "left", "bold"
    table.add_column(terminal.text(message("Student")), overflow="fold")
    if notes is not None:
        table.add_column(terminal.text(message("What they did")), min_width=NOTE_WIDTH)
    for number, heading in enumerate(headings, start=1):
        if numbered:
            table.add_column(str(number))
        else:
            table.add_column(heading.replace(" ", "\n"), vertical="bottom")
    table.add_column(terminal.text(message("Total")), justify="right", no_wrap=True)
    for result in results:
        note = () if notes is None else (plain_text(notes[result.student]),)
        table.add_row(plain_text(result.student), *note, *_row(result, len(headings)))
    terminal.console.print(table)
    if numbered:
        legend = [Text(f"{number} {heading}", "dim") for number, heading in enumerate(headings, start=1)]
        terminal.console.print(Padding(Columns(legend, padding=(0, 3)), (1, 0, 1, 1)))


def _heading(cell: GradedCell) -> str:
    """What a test cell is called in the table, with its points."""
    return f"{cell.name.removeprefix('test_').replace('_', ' ')} ({cell.max_points:g})"


def _headings_fit(terminal: Terminal, headings: Sequence[str], results: Sequence[Result]) -> bool:
    """Whether columns with the headings, a word a line, leave room for the students."""
    columns = [max(map(cell_len, heading.split())) + 1 for heading in headings]
    student = max((cell_len(plain_text(result.student).plain) for result in results), default=0)
    return min(student, 20) + sum(columns) + 9 <= terminal.console.width


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
