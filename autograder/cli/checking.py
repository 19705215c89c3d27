"""A student's notebook run in memory as marking runs it: what ends Python or hangs loses itself alone."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.cells.metadata import name_or_place
from autograder.cli.terminal import N_, Terminal, message, plain_text
from autograder.kinds import LossKind

if TYPE_CHECKING:
    from nbformat import NotebookNode

SECONDS_A_CELL = 120
SECONDS_IN_ALL = 600  # as marking gives a submission
EXIT = "--IPKernelApp.exec_lines=get_ipython().ask_exit = __import__('sys').exit"  # as in marking: the rest still runs
LOST_CELL = "raise TimeoutError"  # in the place of a cell that can't be run
WHY_LOST: dict[LossKind, str] = {
    LossKind.ENDED: N_("Python ended in cell {cell}. The rest runs without it, as in marking."),
    LossKind.WALL: N_("Cell {cell} did not finish in {seconds} s. The rest runs without it, as in marking."),
}


def run_as_marked(terminal: Terminal, notebook: NotebookNode, path: Path) -> set[str]:
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
    from autograder.cells.running import client_of

    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = client_of(notebook, folder, SECONDS_A_CELL, EXIT, "--log-level=ERROR", on_cell_start=begin)
    # In a thread, where nbclient can't take Ctrl-C for itself; what a kernel says of itself is of no interest.
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(asyncio.run, client.async_execute(stderr=subprocess.DEVNULL))
        try:
            running.result()
        except KeyboardInterrupt:
            kernel: Any = client.km
            kernel.provisioner.process.kill()
            raise
