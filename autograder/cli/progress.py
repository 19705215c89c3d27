"""Shows how far the marking is: a bar on a terminal, a line a student in a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.cli.terminal import Terminal, message, plain_text

if TYPE_CHECKING:
    from autograder.grading import Result


def watched(terminal: Terminal, results: Iterator[Result], total: int) -> Iterator[Result]:
    """The same results, shown as they come."""
    if not terminal.console.is_terminal:
        for number, result in enumerate(results, start=1):
            terminal.write(f"{number:{len(str(total))}}/{total}  {_summary(result)}")
            yield result
        return
    columns = [
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        _Rate(terminal.text(message("a minute"))),
        TimeRemainingColumn(),
    ]
    with Progress(*columns, console=terminal.console, transient=True) as progress:
        bar = progress.add_task(terminal.text(message("starting")), total=total)
        for result in results:
            progress.update(bar, advance=1, description=_summary(result))
            yield result


def _summary(result: Result) -> str:
    """A student and the sum of the marks."""
    from autograder.grading import Marked

    marks = f"{result.points:g}/{result.max_points:g}" if isinstance(result, Marked) else "✗"
    return plain_text(f"{result.student} {marks}").plain


class _Rate(ProgressColumn):
    """Submissions a minute."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        return Text(f"{60 * task.completed / task.elapsed:.0f} {self.unit}" if task.completed and task.elapsed else "")
