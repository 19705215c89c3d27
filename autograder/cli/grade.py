"""`autograder grade`: marks what lies in `submitted/`."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from rich.console import Console

from autograder.attention import told
from autograder.cells.imports import modules_of
from autograder.checks.messages import some
from autograder.cli.faults import say_fault, say_problem
from autograder.cli.help import Command
from autograder.cli.moves import show_moves
from autograder.cli.progress import on_machines, watched
from autograder.cli.table import show_marks
from autograder.cli.terminal import N_, Terminal, message
from autograder.kinds import FaultKind, OddityKind, ReasonKind
from autograder.later import without_collections

if TYPE_CHECKING:
    from autograder.classroom.late import FinalMark
    from autograder.grading import Machines, Plan, Result
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
    from autograder.process.warm import CannotStart

    try:
        modules = modules_of(Path.cwd() / "source" / assignment)
        # It warms up while the rest is imported.
        with warm_process(timeout, unsafe, total_timeout, modules, here=cluster is None) as zygote:
            with without_collections():
                from autograder.classroom.dates import time_zone
                from autograder.classroom.late import final_marks, follow_dates
                from autograder.classroom.logins import known_logins
                from autograder.classroom.people import listed
                from autograder.grading import (
                    CourseFault,
                    Machines,
                    NotMarked,
                    copy_of_gradebook,
                    open_course,
                    plan,
                    sole_writer,
                    waiting_for_a_person,
                )
                from autograder.grading.gradebook import open_gradebook
                from autograder.grading.moves import moves_file, read_moves
                from autograder.grading.penalties import late_policy

            try:
                course = open_course(Path.cwd())
                time_zone(course)  # what is wrong with it, or with the policy, is told before all the work
                late_policy(course)
                with copy_of_gradebook(course) if dry_run else sole_writer(course) as course:
                    with shown.status(message("Looking for what is to be marked …")):
                        to_do = plan(course.assignment(assignment), student, force)
                    patience = Machines.patience if worker_timeout is None else worker_timeout
                    machines = Machines(cluster, patience) if cluster else None
                    aside = beside(terminal, as_json)
                    new = mark_with_progress(shown, to_do, zygote, jobs, not dry_run, machines, aside)
                    waiting = waiting_for_a_person(to_do.assignment)
                    with open_gradebook(course) as gradebook:
                        follow_dates(course, gradebook, assignment)
                        final = final_marks(course, gradebook, assignment)
                        known = known_logins(listed(gradebook))
                    moves = read_moves(moves_file(course)) if dry_run else []
            except CourseFault as fault:
                say_fault(beside(terminal, as_json), fault.fault, fault.details)
                raise SystemExit(2) from None
    except CannotStart as error:
        say_fault(beside(terminal, as_json), FaultKind.CANNOT_START, {"error": str(error)})
        raise SystemExit(2) from None
    results = with_logins_looked_at(sorted([*to_do.unchanged, *new], key=lambda result: result.student), known)
    if dry_run:
        show_moves(terminal, moves, as_json)
    elif as_json:
        click.echo(json.dumps(as_plain(results, final), indent=2))
    elif results:
        show_marks(shown, assignment, to_do.cells, results, final=final)
    _say_what_was_done(shown, to_do, results)
    if dry_run:
        shown.say("Nothing was written: this was --dry-run.")
    _say_by_hand(shown, waiting)
    say_attention(shown, results)
    is_open = say_what_is_open(shown, results)
    if any(isinstance(each, NotMarked) and each.fault is FaultKind.NO_WORKER_LEFT for each in results):
        shown.say("To go on from here: `{command}`", command=command_to_go_on(click.get_current_context()))
    raise SystemExit(1 if is_open else 0)


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
    """Before PyTorch is imported: several threads on one core wait for each other, and forbid forking."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


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
        terminal.say("Interrupted after {done} of {total}. Run this again to go on from there, without --force.",
                     done=len(results), total=total)  # fmt: skip
        raise SystemExit(1) from None
    finally:
        marking.close()
        if machines is not None:
            _say_machines(terminal, machines)
    return results


def beside(terminal: Terminal, as_json: bool) -> Terminal:
    """Where to say what is none of the results: not among those that a program reads."""
    return Terminal(Console(stderr=True), terminal.language) if as_json else terminal


def say_unproved(terminal: Terminal, faults: Sequence[SourceFault]) -> None:
    """The cells that go wrong with the course's own answers, in one message."""
    say_fault(terminal, FaultKind.OWN_ANSWERS, {"cells": ", ".join(some([*map(str, faults)], MOST_REMARKS))})


def with_logins_looked_at(results: Sequence[Result], known: Mapping[str, str]) -> list[Result]:
    """The results, with what is odd in the logins that were typed; `known` are those of the class list."""
    from autograder.classroom.logins import login_attention
    from autograder.grading import Marked

    logins = {each.student: each.logins for each in results if isinstance(each, Marked)}
    odd = login_attention(logins, known)
    return [
        replace(each, attention=(*each.attention, *odd.get(each.student, ()))) if isinstance(each, Marked) else each
        for each in results
    ]


def as_plain(results: Sequence[Result], final: Mapping[str, FinalMark] | None = None) -> list[dict[str, Any]]:
    """The results as what JSON can hold, with the `final` mark of each."""
    from autograder.grading import Marked

    return [
        {"student": result.student, "marked": isinstance(result, Marked)}
        | {name: value for name, value in asdict(result).items() if name not in ("student", "before")}
        | ({"points": result.points, "max_points": result.max_points} if isinstance(result, Marked) else {})
        | ({"final": final[result.student].as_plain()} if final and result.student in final else {})
        for result in results
    ]


MOST_REMARKS = 10  # on one notebook: it is one to open, whatever else is in it
WHYS = {
    ReasonKind.NEW: N_("new: {count}"),
    ReasonKind.SUBMISSION_CHANGED: N_("submission changed: {count}"),
    ReasonKind.COURSE_CHANGED: N_("course changed: {count}"),
    ReasonKind.FORCED: N_("by --force: {count}"),
}


def _say_what_was_done(terminal: Terminal, to_do: Plan, results: Sequence[Result]) -> None:
    """How many were to be marked and why, how many could not be, how many were left as they are."""
    from autograder.grading import NotMarked

    counts = Counter(WHYS[why] for _student, why in to_do.to_mark)
    counts[N_("of them not marked: {count}")] = sum(isinstance(result, NotMarked) for result in results)
    counts[N_("unchanged, marks kept: {count}")] = len(to_do.unchanged)
    counts[N_("nothing submitted: {count}")] = len(to_do.nothing_submitted)
    terminal.write(" · ".join(terminal.text(message(what, count=n)) for what, n in counts.items() if n))


def _say_machines(terminal: Terminal, machines: Machines) -> None:
    """Who of a cluster marked at the end, who was lost and who took no part."""
    terminal.write(terminal.text(on_machines(machines)))
    for worker in machines.lost[:MOST_REMARKS]:
        text = message("{worker} was lost; what it had goes to those that are left.", worker=worker)
        terminal.item("!", terminal.text(text), "yellow")
    for worker, refusal in list(machines.refused.items())[:MOST_REMARKS]:
        say_fault(terminal, refusal.fault, refusal.details, worker)
    more = sum(max(0, len(each) - MOST_REMARKS) for each in (machines.lost, machines.refused))
    if more:
        terminal.say("{count} more workers were lost or took no part.", count=more)


def _say_by_hand(terminal: Terminal, waiting: Mapping[str, int]) -> None:
    """What the tests leave to a person, and how many have something of it still to be marked."""
    if waiting:
        listed = tuple(f"{cell} ({count})" for cell, count in waiting.items())
        terminal.say("To mark by hand: {cells}. Open `jupyter lab` here, menu Nbgrader → Formgrader.", cells=listed)


def say_faults_of_tests(terminal: Terminal, results: Sequence[Result]) -> None:
    """Each test that does what no test judged outside can do, once: it is the course's to mend, not a student's."""
    from autograder.grading import Marked

    marked = [result for result in results if isinstance(result, Marked)]
    misused = Counter(each.label for one in marked for each in one.attention if each.kind is OddityKind.MISUSED)
    for test, count in misused.items():
        say_problem(
            terminal,
            N_("Test {test}, judged outside, asks of an answer what can't be had from there: in {count} of {total}."),
            N_(
                "Let it give plain data (numbers, strings, lists, dicts), arrays and tensors, and get plain data and "
                "arrays: of a tensor, `x.numpy()`. Or let it use answers by their own names, without `answer`: then it "
                "is judged inside."
            ),
            {"test": test, "count": count, "total": len(marked)},
        )


def say_attention(terminal: Terminal, results: Sequence[Result]) -> None:
    """Whose marks moved, and what was put right or stopped in a notebook: all of it is marked, and worth a look."""
    from autograder.grading import Marked

    say_faults_of_tests(terminal, results)
    for result in results:
        if not isinstance(result, Marked):
            continue
        if result.points_before is not None:
            points = {"before": f"{result.points_before:g}", "now": f"{result.points:g}"}
            terminal.say("{student}: {before} points before, {now} now.", student=result.student, **points)
        attention = [each for each in result.attention if each.kind is not OddityKind.MISUSED]
        for each in attention[:MOST_REMARKS]:
            text = told(result.student, each.kind, each.label)
            terminal.item("!", terminal.text(text), "yellow")
        if (more := len(attention) - MOST_REMARKS) > 0:
            text = message("{student}: {count} more, which --json lists.", student=result.student, count=more)
            terminal.item("!", terminal.text(text), "yellow")


def say_what_is_open(terminal: Terminal, results: Sequence[Result]) -> bool:
    """Name each submission that is not fully marked, those of one fault together; whether there are any."""
    from autograder.grading import Marked

    found: dict[tuple[FaultKind, tuple[tuple[str, str], ...]], list[str]] = {}
    for result in sorted(results, key=lambda result: result.student):
        if not isinstance(result, Marked):
            found.setdefault((result.fault, tuple(result.details.items())), []).append(result.student)
        elif result.could_not_tell:
            checks = ("checks", ", ".join(result.could_not_tell))
            found.setdefault((FaultKind.COULD_NOT_TELL, (checks,)), []).append(result.student)
    for (fault, details), whose in found.items():
        say_fault(terminal, fault, dict(details), ", ".join(whose))
    return bool(found)
