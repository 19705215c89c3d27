"""`autograder check`: a student's own check, in the terminal."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.padding import Padding

from autograder.cells.metadata import flags, grade_id, is_demonstration, is_read, is_test, name_of, name_or_place
from autograder.cells.outputs import errors, printed, values
from autograder.checks.raised import Raised, is_stub
from autograder.cli.checking import run_as_marked
from autograder.cli.faults import Problem
from autograder.cli.help import Command
from autograder.cli.terminal import N_, Terminal, coloured_text, message
from autograder.faults import reason_of
from autograder.languages import LANGUAGES

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.cells.files import NotANotebook

NOT_WRITTEN = "✍ …"  # nbgrader_config.py hands conclusions out with it, which students do not have
# The set-up cell says in which language the checks speak: `answer, check = notebook(language="ru")`.
LANGUAGE = re.compile(rf"""^[^#\n]*\bnotebook\((?:language=)?["']({"|".join(LANGUAGES)})["']\)""", re.MULTILINE)


@dataclass(frozen=True)
class Tested:
    """A test cell after the run: what it showed, and what it earned of its points.

    It `may_grow` where hidden tests may give what it lacks.
    """

    name: str
    points: float
    earned: float
    shown: str
    may_grow: bool = False

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
    lost = run_as_marked(terminal, content, notebook)
    for cell, error in _cells_with_errors(content):
        if cell not in lost:
            terminal.say("Cell {cell} stopped: {error}.", "red", cell=cell, error=error)
    results = _results(content, lost)
    for result in results:
        _show(terminal, result)
    _sum_up(terminal, results)
    _say_by_hand(terminal, content)
    raise SystemExit(0 if all(result.passed for result in results) else 1)


def _read(path: Path) -> NotebookNode:
    """The notebook, or `Problem` with what to do about it."""
    from autograder.cells.files import NotANotebook, read_handed_in

    try:
        notebook = read_handed_in(path)
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
        case _ if error.is_in_other_encoding:
            problem = N_("{path} is not in UTF-8, as each notebook is: another program has saved it so.")
            remedy = N_("Save it as UTF-8 in a text editor, or take a fresh copy of the assignment.")
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


def _cells_with_errors(notebook: NotebookNode) -> list[tuple[str, str]]:
    """The cells that raised, and what; not tests, which show it, nor what has no answer yet or only shows answers."""
    return [
        (name_or_place(cell, place), str(Raised(error.ename, error.evalue)))
        for place, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and not is_test(cell) and not is_demonstration(cell)
        for error in errors(cell.outputs)
        if not is_stub(error.ename, error.evalue)
    ]


def _results(notebook: NotebookNode, lost: Collection[str]) -> list[Tested]:
    """What each test showed and earned; in one judged outside, what the answer warns of is not the test's."""
    from autograder.cells.door import has_door
    from autograder.cells.withheld import may_lack_hidden_tests

    earned, may_grow = _earned if has_door(notebook) else _earned_by_nbgrader, may_lack_hidden_tests(notebook)
    return [_tested(cell, earned(cell), lost, may_grow) for cell in _test_cells(notebook)]


def _points(cell: NotebookNode) -> float:
    return float(flags(cell).get("points", 0))


def _earned(cell: NotebookNode) -> float:
    """The points of a test that has run without an error: all, or the part that its value says."""
    if errors(cell.outputs) or cell.execution_count is None:
        return 0.0
    part = _part(cell)
    return _points(cell) if part is None else min(_points(cell), part)


def _earned_by_nbgrader(cell: NotebookNode) -> float:
    """The points of a test as nbgrader, which a student need not have, counts them: a warning costs them all."""
    return 0.0 if any(output.get("name") == "stderr" for output in cell.outputs) else _earned(cell)


def _part(cell: NotebookNode) -> float | None:
    """The part of the points that a test gives by its value; None where there is none, or one that is no number."""
    try:
        return float(values(cell.outputs)[0] or "")
    except (IndexError, ValueError):
        return None


def _tested(cell: NotebookNode, earned: float, lost: Collection[str], may_grow: bool) -> Tested:
    """What a test cell showed; of one that was lost it is said already."""
    shown = [*printed(cell.outputs), *("\n".join(error.traceback) for error in errors(cell.outputs))]
    name = grade_id(cell) or ""
    return Tested(
        name=name,
        points=_points(cell),
        earned=earned,
        shown="" if name in lost else "\n".join(text.strip("\n") for text in shown if text.strip()),
        may_grow=may_grow and not errors(cell.outputs) and _part(cell) == earned < _points(cell),
    )


def _show(terminal: Terminal, result: Tested) -> None:
    """A line a test, and under it what the notebook shows."""
    mark, style = ("✓", "green") if result.passed else ("✗", "red")
    words = terminal.text(message(" so far: the rest may be for hidden tests")) if result.may_grow else ""
    terminal.write(f"{mark} {result.name}  {result.earned:g}/{result.points:g}{words}", style)
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
    for cell in filter(is_read, notebook.cells):
        values = {"cell": name_of(cell), "points": f"{_points(cell):g}"}
        if _is_unwritten(cell):
            terminal.say("{cell}: not written yet ({points} points, marked by hand).", "yellow", **values)
        else:
            terminal.say("{cell}: your instructor reads it ({points} points).", **values)


def _is_unwritten(cell: NotebookNode) -> bool:
    """Whether an answer is as it was handed out: with its stub, or empty."""
    is_stopped = any(is_stub(error.ename, error.evalue) for error in errors(cell.get("outputs", ())))
    return NOT_WRITTEN in cell.source or not cell.source.strip() or is_stopped
