"""`autograder check`: a student's own check, in the terminal."""

from __future__ import annotations

import asyncio
import re
import subprocess
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding

from autograder.cells.metadata import flags, grade_id, is_demonstration, is_grade, is_test, name_of, name_or_place
from autograder.cells.outputs import errors, printed, values
from autograder.checks.raised import Raised, is_stub
from autograder.cli.faults import Problem
from autograder.cli.help import Command
from autograder.cli.terminal import N_, Terminal, coloured_text, message, plain_text
from autograder.faults import reason_of
from autograder.kinds import LossKind
from autograder.languages import LANGUAGES

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.cells.files import NotANotebook

SECONDS_A_CELL = 120
SECONDS_IN_ALL = 600  # as marking gives a submission
EXIT = "--IPKernelApp.exec_lines=get_ipython().ask_exit = __import__('sys').exit"  # as in marking: the rest still runs
LOST_CELL = "raise TimeoutError"  # in the place of a cell that can't be run
WHY_LOST: dict[LossKind, str] = {
    LossKind.ENDED: N_("Python ended in cell {cell}. The rest runs without it, as in marking."),
    LossKind.WALL: N_("Cell {cell} did not finish in {seconds} s. The rest runs without it, as in marking."),
}
NOT_WRITTEN = "✍ …"  # nbgrader_config.py hands conclusions out with it, which students do not have
# The set-up cell says in which language the checks speak: `answer, check = notebook(language="ru")`.
LANGUAGE = re.compile(rf"""^[^#\n]*\bnotebook\((?:language=)?["']({"|".join(LANGUAGES)})["']\)""", re.MULTILINE)


@dataclass(frozen=True)
class Tested:
    """A test cell after the run: what it showed, and what it earned of its points."""

    name: str
    points: float
    earned: float
    shown: str

    @property
    def passed(self) -> bool:
        return self.earned >= self.points


@click.command(cls=Command)
@click.argument("notebook", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, notebook: Path) -> None:
    """Run the visible tests of your NOTEBOOK and show what they say.

    It checks the file as it was saved, and never changes it. Exit code: 0 when all tests passed, 1 when not all did,
    2 when the notebook can't be read.
    """
    terminal: Terminal = context.obj
    content = _read(notebook)
    if context.find_root().params.get("language") is None:
        terminal = replace(terminal, language=_language(content) or terminal.language)
    lost = _run(terminal, content, notebook)
    for cell, error in _cells_with_errors(content):
        if cell not in lost:
            terminal.say("Cell {cell} stopped: {error}.", "red", cell=cell, error=error)
    from autograder.cells.door import has_door

    earned = _earned if has_door(content) else _earned_by_nbgrader
    results = [_tested(cell, earned(cell), lost) for cell in _test_cells(content)]
    for result in results:
        _show(terminal, result)
    _sum_up(terminal, results)
    _say_by_hand(terminal, content)
    raise SystemExit(0 if all(result.passed for result in results) else 1)


def _read(path: Path) -> NotebookNode:
    """The notebook, or `Problem` with what to do about it."""
    from autograder.cells.files import NotANotebook, read_notebook

    try:
        notebook = read_notebook(path)
    except (OSError, NotANotebook) as error:
        raise _reason(path, error) from error
    if not _test_cells(notebook):
        raise Problem(
            N_("{path} has no test cells."), N_("Give the notebook of an assignment, as it was handed out."), path=path
        )
    if _lacks_door(notebook):
        raise Problem(
            N_("{path} lacks its first cell, which begins with `from autograder.checks import notebook`."),
            N_("Put it back from a fresh copy of the assignment, and run this again."),
            path=path,
        )
    return notebook


def _lacks_door(notebook: NotebookNode) -> bool:
    """Whether tests ask `check`, which no cell gives."""
    from autograder.cells.door import has_door, rules_asked

    with suppress(SyntaxError):
        return not has_door(notebook) and any(rules_asked(cell.source, name_of(cell)) for cell in _test_cells(notebook))
    return False


def _reason(path: Path, error: OSError | NotANotebook) -> Problem:
    """What an error in reading means to a student."""
    match error:
        case FileNotFoundError():
            problem = N_("There is no file {path}.")
            remedy = N_("Give the path of your notebook; `ls` shows what is here.")
        case OSError():
            problem = N_("{path} can't be opened: {error}.")
            remedy = N_("Give the path of your notebook.")
        case _ if not error.is_json:
            problem = N_("{path} is not a notebook: its text is not JSON.")
            remedy = N_("Open it in Jupyter and save it there, or take a fresh copy of the assignment.")
        case _:
            problem = N_("{path} is JSON, but not a notebook: {error}.")
            remedy = N_("Take a fresh copy of the assignment.")
    words = reason_of(error) if isinstance(error, OSError) else str(error)
    return Problem(problem, remedy, path=path, error=words)


def _test_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells whose points the tests give."""
    return list(filter(is_test, notebook.cells))


def _language(notebook: NotebookNode) -> str | None:
    """The language in which the notebook's own checks speak, if its set-up cell says it."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return next(reversed(LANGUAGE.findall(code)), None)


def _run(terminal: Terminal, notebook: NotebookNode, path: Path) -> set[str]:
    """Run the notebook in memory, telling what is run; the cells that ended Python or did not finish.

    As in marking, the rest runs again without such a cell: what is defined in it is not there.
    """
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    lost: set[str] = set()
    begun: list[tuple[str, NotebookNode]] = []
    until = time.monotonic() + SECONDS_IN_ALL
    with terminal.status(message("Running {name} …", name=path.name)) as status:

        def begin(cell: NotebookNode, cell_index: int) -> None:
            begun.append((name_or_place(cell, cell_index + 1), cell))
            told = message("Running {name}: cell {cell} …", name=path.name, cell=begun[-1][0])
            status.update(plain_text(terminal.text(told)))

        while True:
            try:
                _execute(notebook, path.parent, begin)
            except (DeadKernelError, CellTimeoutError) as error:
                name, cell = begun[-1]
                if name in lost:  # something that an earlier cell left behind ended Python: it would again
                    return lost
                lost.add(name)
                why = LossKind.ENDED if isinstance(error, DeadKernelError) else LossKind.WALL
                terminal.say(WHY_LOST[why], "red", cell=name, seconds=SECONDS_A_CELL)
                cell.source = LOST_CELL
                if time.monotonic() > until:
                    terminal.say("This takes longer than marking gives it, and is stopped here.", "red")
                    return lost
            else:
                return lost


def _execute(notebook: NotebookNode, folder: Path, begin: Callable[[NotebookNode, int], None]) -> None:
    """Run all cells, with a call of `begin(cell, cell_index)` before each."""
    from nbclient import NotebookClient

    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS_A_CELL,
        allow_errors=True,
        on_cell_start=begin,
        extra_arguments=[EXIT, "--HistoryManager.hist_file=:memory:", "--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    # In a thread, where nbclient can't take Ctrl-C for itself; what a kernel says of itself is of no interest.
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(asyncio.run, client.async_execute(stderr=subprocess.DEVNULL))
        try:
            running.result()
        except KeyboardInterrupt:
            kernel: Any = client.km
            kernel.provisioner.process.kill()
            raise


def _cells_with_errors(notebook: NotebookNode) -> list[tuple[str, str]]:
    """The cells that raised, and what; not tests, which show it, nor what has no answer yet or only shows answers."""
    return [
        (name_or_place(cell, place), str(Raised(error.ename, error.evalue)))
        for place, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and not is_test(cell) and not is_demonstration(cell)
        for error in errors(cell.outputs)
        if not is_stub(error.ename, error.evalue)
    ]


def _points(cell: NotebookNode) -> float:
    return float(flags(cell).get("points", 0))


def _earned(cell: NotebookNode) -> float:
    """All points of a test that has run without an error."""
    return 0.0 if errors(cell.outputs) or cell.execution_count is None else _points(cell)


def _earned_by_nbgrader(cell: NotebookNode) -> float:
    """The points of a test as nbgrader counts them, which a student need not have: a value is a part of them."""
    if any(output.get("name") == "stderr" for output in cell.outputs):
        return 0.0
    try:
        return min(_earned(cell), float(values(cell.outputs)[0] or ""))
    except (IndexError, ValueError):  # no value, or none that is a number
        return _earned(cell)


def _tested(cell: NotebookNode, earned: float, lost: Collection[str]) -> Tested:
    """What a test cell showed; of one that was lost it is said already."""
    shown = [*printed(cell.outputs), *("\n".join(error.traceback) for error in errors(cell.outputs))]
    name = grade_id(cell) or ""
    return Tested(
        name=name,
        points=_points(cell),
        earned=earned,
        shown="" if name in lost else "\n".join(text.strip("\n") for text in shown if text.strip()),
    )


def _show(terminal: Terminal, result: Tested) -> None:
    """A line a test, and under it what the notebook shows."""
    mark, style = ("✓", "green") if result.passed else ("✗", "red")
    terminal.write(f"{mark} {result.name}  {result.earned:g}/{result.points:g}", style)
    if result.shown:
        terminal.console.print(Padding(coloured_text(result.shown), (0, 0, 0, 2), expand=False))


def _sum_up(terminal: Terminal, results: list[Tested]) -> None:
    passed = [result for result in results if result.passed]
    terminal.say(
        "Passed {passed} of {tests} tests: {points} of {max_points} points.",
        "bold",
        passed=len(passed),
        tests=len(results),
        points=f"{sum(result.earned for result in results):g}",
        max_points=f"{sum(result.points for result in results):g}",
    )


def _say_by_hand(terminal: Terminal, notebook: NotebookNode) -> None:
    """What is read by a person, and whether there is something to read."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and is_grade(cell):
            values = {"cell": name_of(cell), "points": f"{flags(cell).get('points', 0):g}"}
            if NOT_WRITTEN in cell.source or not cell.source.strip():
                terminal.say("{cell}: not written yet ({points} points, marked by hand).", "yellow", **values)
            else:
                terminal.say("{cell}: your instructor reads it ({points} points).", **values)
