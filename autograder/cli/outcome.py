"""What `grade` says of a class that is marked: what was done, what is odd, and what is left to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from autograder.attention import told
from autograder.cli.faults import say_fault, say_problem
from autograder.cli.progress import on_machines
from autograder.cli.terminal import N_, Terminal, message
from autograder.kinds import FaultKind, OddityKind, ReasonKind

if TYPE_CHECKING:
    from autograder.classroom.late import FinalMark
    from autograder.grading import Machines, Marked, Plan, Result, TooMuchByHand

OF_THE_COURSE = (OddityKind.BROKEN_RULE, OddityKind.MISUSED)  # told once, and not of each student
MOST_REMARKS = 10  # on one notebook: it is one to open, whatever else is in it
WHYS = {
    ReasonKind.NEW: N_("new: {count}"),
    ReasonKind.SUBMISSION_CHANGED: N_("submission changed: {count}"),
    ReasonKind.COURSE_CHANGED: N_("course changed: {count}"),
    ReasonKind.FORCED: N_("by --force: {count}"),
}


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


def faults_of(results: Sequence[Result]) -> set[FaultKind]:
    """Why submissions could not be marked."""
    from autograder.grading import NotMarked

    return {each.fault for each in results if isinstance(each, NotMarked)}


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


def say_what_was_done(terminal: Terminal, to_do: Plan, results: Sequence[Result]) -> None:
    """How many were to be marked and why, how many could not be, how many were left as they are."""
    from autograder.grading import NotMarked

    counts = Counter(WHYS[why] for _student, why in to_do.to_mark)
    counts[N_("of them not marked: {count}")] = sum(isinstance(result, NotMarked) for result in results)
    counts[N_("unchanged, marks kept: {count}")] = len(to_do.unchanged)
    counts[N_("nothing submitted: {count}")] = len(to_do.nothing_submitted)
    terminal.write(" · ".join(terminal.text(message(what, count=n)) for what, n in counts.items() if n))


def say_interrupted(terminal: Terminal, to_do: Plan, done: int) -> None:
    """How far it came, and how to go on; what --force was to mark again keeps its marks, and is not new."""
    template = N_("Interrupted after {done} of {total}. Run this again to go on from there.")
    if any(why is ReasonKind.FORCED for _student, why in to_do.to_mark):
        template = N_("Interrupted after {done} of {total}; the rest keep their marks. With --force, all begin anew.")
    terminal.say(template, done=done, total=len(to_do.to_mark))


def say_machines(terminal: Terminal, machines: Machines) -> None:
    """Who of a cluster marked at the end, who was lost and who took no part."""
    terminal.write(terminal.text(on_machines(machines)))
    for worker in machines.lost[:MOST_REMARKS]:
        terminal.remark(message("{worker} was lost; what it had goes to those that are left.", worker=worker))
    for worker, refusal in list(machines.refused.items())[:MOST_REMARKS]:
        say_fault(terminal, refusal.fault, refusal.details, worker)
    more = sum(max(0, len(each) - MOST_REMARKS) for each in (machines.lost, machines.refused))
    if more:
        terminal.say("{count} more workers were lost or took no part.", count=more)


def say_by_hand(terminal: Terminal, waiting: Mapping[str, int]) -> None:
    """What the tests leave to a person, and how many have something of it still to be marked."""
    if waiting:
        listed = tuple(f"{cell} ({count})" for cell, count in waiting.items())
        terminal.say("To mark by hand: {cells}. Open `jupyter lab` here, menu Nbgrader → Formgrader.", cells=listed)


def say_too_much_by_hand(terminal: Terminal, found: Sequence[TooMuchByHand]) -> None:
    """The marks by hand that are above what can be had now; they count as all of it until a person has looked."""
    for each in found:
        terminal.remark(
            message(
                "{student}, cell {cell}: {points} points by hand, and only {max_points} can be had now. "
                "No more than that counts.",
                student=each.student,
                cell=each.cell,
                points=f"{each.points:g}",
                max_points=f"{each.max_points:g}",
            )
        )


def say_faults_of_tests(terminal: Terminal, results: Sequence[Result]) -> None:
    """Each rule that stopped, and each test that does what none judged outside can do, once.

    They are the course's to mend, not a student's.
    """
    from autograder.grading import Marked

    marked = [result for result in results if isinstance(result, Marked)]
    for found in _broken_rules(marked):
        say_problem(
            terminal,
            N_(
                "Rule `{rule}` (rules.py, line {line}) stopped: {error}. No mark for {checks}: in {count} of {total}."
            ),
            N_(
                "Mend it in the source and run this again: what rests on it is marked anew. Where it stopped in few "
                "notebooks, look into them, too."
            ),
            found | {"total": len(marked)},
        )
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


def _broken_rules(marked: Sequence[Marked]) -> list[dict[str, Any]]:
    """Each line of a lab's rules that stopped, with what it raised first, in which tests, and in how many notebooks."""
    from autograder.grading.results import BrokenRule

    found: dict[tuple[str, int], list[tuple[BrokenRule, str]]] = {}
    for one in marked:
        for each in one.attention:
            if isinstance(each, BrokenRule):
                found.setdefault((each.rule, each.line), []).append((each, one.student))
    return [
        {
            "rule": rule,
            "line": str(line),
            "error": whose[0][0].error,
            "checks": tuple(dict.fromkeys(each.label for each, _student in whose)),
            "count": len({student for _each, student in whose}),
        }
        for (rule, line), whose in found.items()
    ]


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
        attention = [each for each in result.attention if each.kind not in OF_THE_COURSE]
        for each in attention[:MOST_REMARKS]:
            terminal.remark(told(result.student, each.kind, each.label))
        if (more := len(attention) - MOST_REMARKS) > 0:
            text = message("{student}: {count} more, which --json lists.", student=result.student, count=more)
            terminal.remark(text)


def say_what_is_open(terminal: Terminal, results: Sequence[Result]) -> bool:
    """Name each submission that is not fully marked, those of one fault together; whether there are any."""
    from autograder.grading import Marked

    found: dict[tuple[FaultKind, tuple[tuple[str, str], ...]], list[str]] = {}
    for result in sorted(results, key=lambda result: result.student):
        if not isinstance(result, Marked):
            found.setdefault((result.fault, tuple(result.details.items())), []).append(result.student)
        elif checks := _left_to_a_person(result):
            found.setdefault((FaultKind.COULD_NOT_TELL, (("checks", ", ".join(checks)),)), []).append(result.student)
    for (fault, details), whose in found.items():
        say_fault(terminal, fault, dict(details), ", ".join(whose))
    return bool(found) or any(isinstance(result, Marked) and result.could_not_tell for result in results)


def _left_to_a_person(result: Marked) -> list[str]:
    """The checks that could not tell, but for those that get their mark when a rule of the course is mended."""
    broken = [each for each in result.attention if each.kind is OddityKind.BROKEN_RULE]
    wait = {name for each in broken for name in (each.cell, each.label)}
    return [check for check in result.could_not_tell if check not in wait]
