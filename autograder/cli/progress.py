"""Shows how far the marking is: a bar on a terminal, a line a student in a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.cli.terminal import Terminal, message, plain_text

if TYPE_CHECKING:
    from autograder.checks.messages import Message
    from autograder.grading import Machines, Result


def watched(
    terminal: Terminal, results: Iterator[Result], total: int, machines: Machines | None = None
) -> Iterator[Result]:
    """The same results, shown as they come; beside them the machines that mark, if there are any."""
    if not terminal.console.is_terminal:
        if machines is not None:
            machines.tell_alone = lambda: terminal.write(terminal.text(waiting_for(machines)))
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
        *([_Machines(terminal, machines)] if machines else []),
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


def on_machines(machines: Machines) -> Message:
    """How many take part at the moment."""
    marking = list(machines.marking.values())  # at once: it is changed while a bar is drawn
    return message("machines: {machines}, workers: {workers}", machines=len(set(marking)), workers=len(marking))


def waiting_for(machines: Machines) -> Message:
    """That nobody marks, and for how long we wait for somebody."""
    return message("waiting for workers: {seconds} s at the most", seconds=f"{machines.patience:g}")


class _Machines(ProgressColumn):
    """Who marks; and while nobody does, that we wait."""

    def __init__(self, terminal: Terminal, machines: Machines) -> None:
        super().__init__()
        self._terminal, self._machines = terminal, machines

    def render(self, task: Task) -> Text:
        told = [on_machines(self._machines)]
        if self._machines.alone_since is not None:
            told.append(waiting_for(self._machines))
        return Text(" · ".join(map(self._terminal.text, told)))


class _Rate(ProgressColumn):
    """Submissions a minute."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        return Text(f"{60 * task.completed / task.elapsed:.0f} {self.unit}" if task.completed and task.elapsed else "")
