"""`autograder release`: builds what students get, and proves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.faults import Problem
from autograder.cli.help import Command
from autograder.cli.terminal import N_, Terminal, message, plain_text
from autograder.faults import course_fault
from autograder.kinds import FaultKind
from autograder.later import is_of_extra

if TYPE_CHECKING:
    from autograder.course.faults import Fault

STEPS = (
    N_("building"),
    N_("proving what is written"),
    N_("running each notebook, unfilled and with the reference answers"),
    N_("packing"),
)

NO_ARCHIVES = N_("No archives are packed for students: the package does not lie in a clone, where its wheel is built.")
WHEEL = N_("Build the wheel with `pip wheel --no-deps PATH-OF-A-CLONE`, and give it: --wheel FILE.")


@click.command(cls=Command)
@click.argument("assignments", nargs=-1)
@click.option("--wheel", metavar="FILE", type=click.Path(path_type=Path),
              help="The package's wheel to pack (default: one is built, if the package lies in a clone).")  # fmt: skip
@click.pass_obj
def release(terminal: Terminal, assignments: tuple[str, ...], wheel: Path | None) -> None:
    """Build release/ru and release/en from the sources, prove them, and pack an archive a language.

    Run it in the course folder; without ASSIGNMENTS it releases all of them, and the lessons. A release that can't be
    proved is not put in the place of the old one: each fault is named, and the exit code is 1.
    """
    try:
        from autograder.cli.as_graded import refused_cell, rehearsal_faults
        from autograder.course.archive import is_clone
        from autograder.course.faults import ReleaseError
        from autograder.course.release import release as release_course
        from autograder.grading.released import FILE as NOTED
        from autograder.grading.released import note_release
    except ModuleNotFoundError as error:
        if is_of_extra(error):
            raise
        raise Problem(
            N_("A release needs {module}, which is not installed: this is a student's environment."),
            N_("Run it in the instructor's, which `make demo` sets up."),
            module=error.name,
        ) from error

    root = Path.cwd()
    archives = wheel is not None or is_clone()
    if not archives:
        terminal.item("–", terminal.text(message(NO_ARCHIVES)), "yellow")
        terminal.item("  →", terminal.text(message(WHEEL)))
    try:
        with terminal.console.status("") as status:
            released = release_course(
                root,
                assignments,
                archives=archives,
                wheel=wheel,
                progress=lambda step: status.update(plain_text(terminal.text(message(step)))),
                refused_cell=refused_cell,
                rehearsal=rehearsal_faults,
            )
    except ReleaseError as error:
        for fault in error.faults:
            _say(terminal, fault)
        terminal.say("Nothing was released; the release before this one is as it was.")
        raise SystemExit(1) from None
    with course_fault(FaultKind.NOT_WRITTEN, NOTED):
        note_release(root, released.folders)
    for path in (*released.folders, *released.archives):
        terminal.item("✓", str(path.relative_to(root)), "green")
    terminal.say("Proved: no answers or hidden tests, every test fails unfilled, the reference earns full marks.")


def _say(terminal: Terminal, fault: Fault) -> None:
    """What is wrong, where, and the remedy."""
    from autograder.course.faults import sentence

    in_cell = message("{file}, cell {cell}", file=fault.file, cell=fault.cell)
    where = terminal.text(in_cell) if fault.cell else fault.file
    terminal.item("✗", f"{where}: {sentence(terminal.text(fault.told))}", "red")
    if fault.lines:
        terminal.item("  →", f"{terminal.text(fault.mend)}:")
        terminal.lines(fault.lines)
    else:
        terminal.item("  →", sentence(terminal.text(fault.mend)))
