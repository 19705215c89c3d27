"""`autograder feedback`: the pages that students get back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from autograder.cli.grade import with_one_thread_a_process
from autograder.cli.help import Command
from autograder.cli.terminal import Terminal, message


@click.command(cls=Command)
@click.argument("assignment")
@click.option("--student", metavar="ID", help="Make the pages of this student only.")
@click.option("--force", is_flag=True, help="Make pages anew that would be the same, too.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count(), metavar="N",
              help="Pages to make at a time (default: as many as there are cores).")  # fmt: skip
@click.pass_obj
def feedback(terminal: Terminal, assignment: str, student: str | None, force: bool, jobs: int) -> None:
    """Write the pages of feedback on ASSIGNMENT, into feedback/<student>/ASSIGNMENT/.

    Run it in the course folder, after `grade`. They are the pages that `nbgrader generate_feedback` writes; those that
    would be the same again stay as they are. Exit code: 0 when everyone who was marked has a page; 1 when some could
    not be made; 2 for wrong usage or a faulty course, or where nothing is marked.
    """
    with_one_thread_a_process()
    from autograder.classroom.feedback.making import make_pages
    from autograder.grading import open_course, sole_writer

    course = open_course(Path.cwd())
    with sole_writer(course):
        made = make_pages(course.assignment(assignment), jobs, student, force)
    terminal.say("Pages made: {made}, as they were: {unchanged}.", made=len(made.made), unchanged=len(made.unchanged))
    for name, error in made.failed.items():
        told = message("{student}: no page could be made ({error}).", student=name, error=error)
        terminal.item("✗", terminal.text(told), "red")
    raise SystemExit(1 if made.failed else 0)
