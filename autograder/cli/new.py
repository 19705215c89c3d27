"""`autograder new`: lays the folder of an assignment."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.faults import Problem
from autograder.cli.help import Command
from autograder.cli.terminal import N_, Terminal
from autograder.faults import course_fault
from autograder.kinds import FaultKind


@click.command(cls=Command)
@click.argument("name")
@click.pass_obj
def new(terminal: Terminal, name: str) -> None:
    """Lay source/NAME: a notebook with one exercise, rules of its own, and their Russian catalogue.

    Run it in the course folder, or in an empty one, where it also writes nbgrader_config.py. What it writes can be
    released and graded as it is: change it into your own. It never changes what is there.
    """
    from autograder.course.build import CONFIGURATION, DROPS_LANGUAGES
    from autograder.course.new_assignment import course_around, is_legal, lay

    if not is_legal(name):
        raise Problem(N_("An assignment can't be called {name}."),
                      N_("Take Latin letters, digits, _ and -, and begin with a letter."), name=name)  # fmt: skip
    root = Path.cwd()
    if (course := course_around(root)) is not None:
        raise Problem(N_("This folder is inside of a course, which is in {folder}."),
                      N_("Go there, and run `autograder new {name}` there."), folder=course, name=name)  # fmt: skip
    with course_fault(FaultKind.NOT_WRITTEN, f"source/{name}"):
        try:
            written = lay(root, name)
        except FileExistsError as error:
            raise Problem(N_("There is an assignment {name} already."),
                          N_("Take another name, or move source/{name} away."), name=name) from error  # fmt: skip
    for path in written:
        terminal.item("✓", str(path.relative_to(root)), "green")
    configuration = root / CONFIGURATION
    if configuration not in written and "TagRemovePreprocessor" not in configuration.read_text("utf-8", "replace"):
        terminal.say("nbgrader_config.py is left as it is. A lab in two languages needs these lines in it:")
        terminal.lines(DROPS_LANGUAGES)
    terminal.say("Next: write the lab in {notebook}, then `autograder release {name}`.",
                 notebook=f"source/{name}/{name}.ipynb", name=name)  # fmt: skip
