"""`autograder grade`: marks what lies in `submitted/`."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from autograder.cells.imports import modules_of
from autograder.checks.messages import some
from autograder.cli.faults import say_fault
from autograder.cli.help import Command
from autograder.cli.moves import show_moves
from autograder.cli.outcome import (
    MOST_REMARKS,
    as_plain,
    faults_of,
    say_attention,
    say_by_hand,
    say_interrupted,
    say_machines,
    say_too_much_by_hand,
    say_what_is_open,
    say_what_was_done,
    with_logins_looked_at,
)
from autograder.cli.progress import watched
from autograder.cli.table import show_marks
from autograder.cli.terminal import Terminal, beside, message
from autograder.faults import CourseFault
from autograder.kinds import FaultKind
from autograder.later import without_collections
from autograder.process.limits import ONE_THREAD

if TYPE_CHECKING:
    from autograder.classroom.late import FinalMark
    from autograder.grading import Machines, Plan, Result, TooMuchByHand
    from autograder.grading.moves import Move
    from autograder.grading.results import SourceFault
    from autograder.process.warm import Zygote


@click.command(cls=Command)
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count(), metavar="N",
              help="Notebooks to mark at a time (default: as many as there are cores).")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1), metavar="S",
              help="Seconds of computing for a cell or a check (default: 30), by the clock four times.")  # fmt: skip
@click.option("--total-timeout", type=click.FloatRange(1), metavar="S",
              help="Seconds by the clock for a submission as a whole (default: 600).")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS",
              help="Mark on a dask cluster: the scheduler's address, or local:N for N workers here.")  # fmt: skip
@click.option("--worker-timeout", type=click.FloatRange(0), metavar="S",
              help="Seconds to wait while no worker of the cluster marks (default: 600).")  # fmt: skip
@click.option("--student", metavar="ID", help="Mark this student only.")
@click.option("--force", is_flag=True, help="Mark again what is marked and unchanged, too.")
@click.option("--dry-run", is_flag=True, help="Write nothing: tell whose marks would move, from what to what, and why.")
@click.option("--unsafe", is_flag=True, help="Run students' code with your own rights, where there is no sandbox.")
@click.option("--json", "as_json", is_flag=True, help="Print the results for a program to read, and nothing else.")
@click.pass_obj
def grade(
    terminal: Terminal,
    assignment: str,
    jobs: int,
    timeout: float | None,
    total_timeout: float | None,
    cluster: str | None,
    worker_timeout: float | None,
    student: str | None,
    force: bool,
    dry_run: bool,
    unsafe: bool,
    as_json: bool,
) -> None:
    """Mark what lies in submitted/<student>/ASSIGNMENT/, into autograded/ and gradebook.db.

    Run it in the course folder. Students' code runs in a sandbox; tests that ask for answers through `answer` alone run
    outside of it, all others inside. What is marked already is marked again only if the submission or the course
    changed. Exit code: 0 when all submissions were marked, whatever their marks; 1 when some could not be; 2 for wrong
    usage or a faulty course.
    """
    with_one_thread_a_process()
    shown = terminal.silent() if as_json else terminal
    aside = beside(terminal, as_json)
    from autograder.process.warm import CannotStart

    try:
        modules = modules_of(Path.cwd() / "source" / assignment)
        # It warms up while the rest is imported.
        with warm_process(timeout, unsafe, total_timeout, modules, here=cluster is None) as zygote:
            with without_collections():
                from autograder.grading import Machines

            patience = Machines.patience if worker_timeout is None else worker_timeout
            machines = Machines(cluster, patience) if cluster else None
            mark = partial(mark_with_progress, shown, zygote=zygote, jobs=jobs, machines=machines, aside=aside)
            done = _mark_class(shown, assignment, student, force, dry_run, mark)
    except CannotStart as error:
        raise CourseFault(FaultKind.CANNOT_START, error=str(error)) from error
    if dry_run:
        show_moves(terminal, done.moves, as_json)
    elif as_json:
        click.echo(json.dumps(as_plain(done.results, done.final), indent=2))
    elif done.results:
        show_marks(shown, assignment, done.plan.cells, done.results, final=done.final)
    say_what_was_done(shown, done.plan, done.results)
    if dry_run:
        shown.say("Nothing was written: this was --dry-run.")
    say_by_hand(shown, done.waiting)
    say_too_much_by_hand(shown, done.too_much)
    say_attention(shown, done.results)
    is_open = say_what_is_open(shown, done.results)
    if FaultKind.NO_WORKER_LEFT in faults_of(done.results):
        shown.say("To go on from here: `{command}`", command=command_to_go_on(click.get_current_context()))
    raise SystemExit(1 if is_open else 0)


@dataclass(frozen=True)
class _Done:
    """A class after its marking; `waiting` is how many notebooks a person has still to mark, by cell.

    `too_much` are the marks by hand that are above what can be had now; `moves` are those that would move, where
    nothing was written.
    """

    plan: Plan
    results: list[Result]
    final: Mapping[str, FinalMark]
    waiting: Mapping[str, int]
    too_much: Sequence[TooMuchByHand]
    moves: list[Move]


def _mark_class(
    shown: Terminal, assignment: str, student: str | None, force: bool, dry_run: bool, mark: Callable[..., list[Result]]
) -> _Done:
    """Mark in the course folder, or in a copy of its gradebook, what is to be marked; CourseFault where it can't be."""
    with without_collections():
        from autograder.classroom.dates import time_zone
        from autograder.classroom.late import final_marks, follow_dates
        from autograder.classroom.logins import known_logins
        from autograder.classroom.people import listed
        from autograder.grading import (
            above_maximum,
            copy_of_gradebook,
            open_course,
            plan,
            sole_writer,
            waiting_for_a_person,
        )
        from autograder.grading.gradebook import open_gradebook
        from autograder.grading.moves import moves_file, read_moves
        from autograder.grading.penalties import late_policy

    course = open_course(Path.cwd())
    time_zone(course)  # what is wrong with it, or with the policy, is told before all the work
    late_policy(course)
    with copy_of_gradebook(course) if dry_run else sole_writer(course) as course:
        with shown.status(message("Looking for what is to be marked …")):
            to_do = plan(course.assignment(assignment), student, force)
        new = mark(to_do, folders=not dry_run)
        waiting, too_much = waiting_for_a_person(to_do.assignment), above_maximum(to_do.assignment)
        with open_gradebook(course) as gradebook:
            follow_dates(course, gradebook, assignment)
            final = final_marks(course, gradebook, assignment)
            known = known_logins(listed(gradebook))
        moves = read_moves(moves_file(course)) if dry_run else []
    results = with_logins_looked_at(sorted([*to_do.unchanged, *new], key=lambda result: result.student), known)
    return _Done(to_do, results, final, waiting, too_much, moves)


def command_to_go_on(context: click.Context) -> str:
    """What was typed, without `--force`, by which what is marked would be marked again."""
    words = []
    for parameter in context.command.params:
        is_typed = context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        if is_typed and parameter.name != "force":
            is_flag = isinstance(parameter, click.Option) and parameter.is_flag
            words += [parameter.opts[-1]] if isinstance(parameter, click.Option) else []
            words += [] if is_flag else [f"{context.params[parameter.name or '']}"]
    return shlex.join(["autograder", "grade", *words])


def with_one_thread_a_process() -> None:
    """Before PyTorch is imported, which reads this then."""
    os.environ.update(ONE_THREAD)


@contextmanager
def warm_process(
    timeout: float | None = None,
    unsafe: bool = False,
    total_timeout: float | None = None,
    modules: Sequence[str] = (),
    here: bool = True,
) -> Iterator[Zygote]:
    """A warm process with these modules, on its way if it is needed `here`; CannotStart where nothing can start it."""
    from autograder.process.limits import Limits
    from autograder.process.warm import Mode, Zygote

    limits = Limits(timeout or Limits.cpu_seconds, total_seconds=total_timeout or Limits.total_seconds)
    without_sandbox: Mode = "fork" if sys.platform == "linux" else "cold"  # forking is not safe everywhere
    with Zygote(limits, without_sandbox if unsafe else "sandbox", modules) as zygote:
        if here:
            zygote.begin()
        yield zygote


def mark_with_progress(
    terminal: Terminal,
    to_do: Plan,
    zygote: Zygote,
    jobs: int,
    folders: bool = True,
    machines: Machines | None = None,
    aside: Terminal | None = None,
) -> list[Result]:
    """Mark what the plan says, here or on the machines of a cluster, with the progress on the terminal.

    What is wrong with the course's own answers or tests is told when it is found, on the terminal `aside` if given.
    """
    from autograder.grading import carry_out

    results: list[Result] = []
    total = len(to_do.to_mark)
    if not total:
        return results
    tell = partial(say_unproved, aside or terminal)
    marking = carry_out(to_do, zygote, min(jobs, total), folders, machines, tell)
    try:
        for result in watched(terminal, marking, total, machines):
            results.append(result)  # kept one by one: an interruption loses none
    except KeyboardInterrupt:
        say_interrupted(terminal, to_do, len(results))
        raise SystemExit(1) from None
    finally:
        marking.close()
        if machines is not None:
            say_machines(terminal, machines)
    return results


def say_unproved(terminal: Terminal, faults: Sequence[SourceFault]) -> None:
    """The cells that go wrong with the course's own answers, in one message."""
    say_fault(terminal, FaultKind.OWN_ANSWERS, {"cells": ", ".join(some([*map(str, faults)], MOST_REMARKS))})
