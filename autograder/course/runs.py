"""Proofs by running: unfilled, each test says "not answered yet"; the reference passes all; no lesson raises."""

import asyncio
import os
import re
import subprocess
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from autograder.cells.metadata import checks_answer, is_grade, is_test, may_raise, name_of
from autograder.cells.outputs import errors, first_error
from autograder.cells.running import client_of
from autograder.checks.lab import FILE
from autograder.checks.messages import Message, _
from autograder.checks.raised import Raised, is_stub
from autograder.checks.verdicts import CouldNotTell
from autograder.course.faults import Fault

BROKEN = re.compile(rf"\(`(\w+)`, {re.escape(FILE)}, \w+ (\d+)\): (.*)\.$", re.MULTILINE)  # in a verdict's words
STARTS = 3  # that a kernel may take: its ports are chosen free, and may be another program's when it opens them


def run(notebook: NotebookNode, folder: Path, timeout: int = 600) -> NotebookNode:
    """The notebook as a kernel of its own, started in `folder`, leaves it."""
    for _start in range(STARTS - 1):
        try:
            return _run(notebook, folder, timeout)
        except RuntimeError as error:
            if "died before replying" not in str(error):
                raise
    return _run(notebook, folder, timeout)


def _run(notebook: NotebookNode, folder: Path, timeout: int) -> NotebookNode:
    executed = deepcopy(notebook)
    client = client_of(executed, folder, timeout, record_timing=False, coalesce_streams=True)
    # Several kernels run at once, and PyTorch's threads in each would wait for one another.
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1"}
    # Not client.execute(): it leaves its event loop open. What a kernel says of itself is of no interest.
    asyncio.run(client.async_execute(env=one_thread, stderr=subprocess.DEVNULL))
    return executed


def answered_unfilled(file: str, executed: NotebookNode, rules: str = FILE) -> list[Fault]:
    """A fault for each test of an unfilled notebook that says anything but "not answered yet".

    One that the lab's rules raise is theirs; `rules` is what faults call their file.
    """
    return [
        _of_rules(rules, cell) or
        Fault(file, name_of(cell), _("unfilled, the test {outcome}", outcome=_outcome(cell)),
              _('Let it reach the answer through `check`, so that it says "not answered yet"'))
        for cell in filter(checks_answer, executed.cells)
        if [error.ename for error in errors(cell.outputs)] != ["NotAnswered"] and not _is_stub(cell)
    ]  # fmt: skip


def _is_stub(cell: NotebookNode) -> bool:
    """Whether the cell is one that ends as the stub of an answer does that it calls."""
    error = _error(cell)
    return error is not None and is_stub(error.ename, error.evalue)


def _of_rules(rules: str, cell: NotebookNode) -> Fault | None:
    """The fault of the lab's rule that raises in this cell, if one does."""
    error = _error(cell)
    broken = BROKEN.search(error.evalue) if error and error.ename == CouldNotTell.__name__ else None
    if broken is None:
        return None
    rule, line, said = broken.groups()
    told = _("line {line}, in `{rule}`, raises {error}", line=line, rule=rule, error=said)
    mend = _("Let the rule return a verdict, whatever comes back (cell {cell} asks for it)", cell=name_of(cell))
    return Fault(rules, "", told, mend)


def lost_by_reference(file: str, executed: NotebookNode, rules: str = FILE) -> list[Fault]:
    """A fault for each test that the reference answers do not pass in full, and for each cell that raises."""
    return [
        _of_rules(rules, cell) or
        Fault(file, name_of(cell), _("with the reference answers, the cell {outcome}", outcome=_outcome(cell)),
              _("Correct the reference answer or the test"))
        for cell in executed.cells
        if _error(cell) or (is_test(cell) and _lost(cell))
    ]  # fmt: skip


def raised(file: str, executed: NotebookNode) -> list[Fault]:
    """A fault for each cell of a lesson that raises, but for those that are tagged to do so."""
    return [
        Fault(
            file,
            name_of(cell),
            _("the cell {outcome}", outcome=_outcome(cell)),
            _("Correct it, or tag it `raises-exception`"),
        )
        for cell in executed.cells
        if _error(cell) and not may_raise(cell)
    ]


def _outcome(cell: NotebookNode) -> Message:
    if error := _error(cell):
        return _("raises {error}", error=str(Raised(error.ename, error.evalue)))
    return (_lost(cell) if is_grade(cell) else None) or _("passes")


def _error(cell: NotebookNode) -> NotebookNode | None:
    return first_error(cell.get("outputs", ()))


def _lost(cell: NotebookNode) -> Message | None:
    """What a graded cell earns instead of all of its points, if so; of more than these nbgrader makes an error."""
    try:
        score, points = determine_grade(cell)
    except ValueError:
        return _("gives more points than it has")
    if score == points:
        return None
    return _("earns {score} of {points}, by what it prints or returns", score=str(score), points=str(points))
