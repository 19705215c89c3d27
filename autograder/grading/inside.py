"""Judges a test in the student's own process, as nbgrader does, and looks whether tests tell the truth there.

Before and after a test, cells are run that only the examiner knows the end of: some must fail and some must pass. Where
one does not, or the test shows what no test can, its mark is left to a person.
"""

import ast
import builtins
import random
from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from autograder.cells.names import NO_CODE, names_of, python_of
from autograder.cells.outputs import errors, values
from autograder.checks.losses import Lost
from autograder.checks.messages import MORE_THAN_ALL, TAMPERED, THIS_TEST
from autograder.checks.seeds import derived
from autograder.checks.verdicts import CouldNotTell, Unknown, report
from autograder.grading.judged import Judged, error_output
from autograder.kinds import OddityKind
from autograder.process.outputs import Output
from autograder.process.student import StudentProcess

MOST_NAMES = 5  # of a test, that are compared with what they can't equal
REASONS = {OddityKind.TAMPERED: TAMPERED, OddityKind.MORE_THAN_ALL: MORE_THAN_ALL}


@dataclass(frozen=True)
class Canary:
    """A cell that is no test, and whether what it shows is what it must show."""

    source: str
    is_true: Callable[[list[Output]], bool]


def judge_inside(student: StudentProcess, cell: NotebookNode, language: str, seed: int) -> Judged | Lost:
    """What the test shows at its place, or why the process was lost in it.

    Where a canary lies, a last output says that the grader could not tell.
    """
    draw = random.Random(derived(seed, "canaries", cell.source))
    before = canaries(cell.source, draw)
    draw.shuffle(before)
    lied = not _hold(student, before)
    outputs = student.run(cell.source, is_test=True)
    if isinstance(outputs, Lost):
        return outputs
    lied |= not _hold(student, [_raising(cell.source, draw)])
    if why := student.why_time_is_up:
        return why  # what the canary behind the test was to tell is not known
    oddity = OddityKind.TAMPERED if lied else oddity_in(cell, outputs)
    if oddity:
        text = report(Unknown(THIS_TEST, REASONS[oddity]), language)
        return Judged([*outputs, error_output(CouldNotTell(text))], oddity)
    return Judged(outputs)


def canaries(test: str, draw: random.Random) -> list[Canary]:
    """Cells that look like a test, each with the end that it must have."""
    number, token = draw.randint(2, 999), _token(draw)
    wrong, right = f"assert {number} == {number + draw.randint(1, 9)}", f"assert {number} + 1 == {number + 1}"
    names = [Canary(f"assert {name} == {_token(draw)!r}, {token!r}", _fails) for name in _names_in(test)]
    # Two of each kind: who always shows the same is found out.
    values = [*draw.sample(range(10), 2), *(n / 4 for n in draw.sample(range(36), 2))] if _ends_in_value(test) else []
    return [
        Canary(_before(f"{wrong}, {token!r}", test), _raises(token)),
        Canary(f"{right}, {token!r}", _passes),
        *names,
        *(Canary(f"{right}\n{value}", _shows(value)) for value in values),
    ]


def _raising(test: str, draw: random.Random) -> Canary:
    number, token = draw.randint(2, 999), _token(draw)
    return Canary(_before(f"if {number} != {number + 1}:\n    raise ValueError({token!r})", test), _raises(token))


def oddity_in(cell: NotebookNode, outputs: list[Output]) -> OddityKind | None:
    """What keeps this from being a mark: a test shows at the most one value, its last line's, with no error."""
    kinds = [output.output_type for output in outputs]
    values = kinds.count("execute_result")
    if values > 1 or (values and (not _ends_in_value(cell.source) or "error" in kinds)):
        return OddityKind.TAMPERED
    try:
        determine_grade(NotebookNode({**cell, "outputs": outputs}))
    except KeyError:  # a value that is no text
        return OddityKind.TAMPERED
    except ValueError:
        return OddityKind.MORE_THAN_ALL
    return None


def _hold(student: StudentProcess, canaries: list[Canary]) -> bool:
    shown = student.run_aside([each.source for each in canaries])
    return not isinstance(shown, Lost) and all(
        canary.is_true(outputs) for canary, outputs in zip(canaries, shown, strict=True)
    )


def _before(line: str, test: str) -> str:
    """The test with lines before its first, at which it must end; without it where nothing may stand before that."""
    together = f"{line}\n{test}"
    try:
        compile(together, "<canary>", "exec")
    except NO_CODE:
        return line
    return together


def _raises(token: str) -> Callable[[list[Output]], bool]:
    return lambda outputs: any(each.evalue == token for each in errors(outputs))


def _fails(outputs: list[Output]) -> bool:
    return bool(errors(outputs)) and not values(outputs)


def _passes(outputs: list[Output]) -> bool:
    silent = ("stream", "display_data")
    return all(each.output_type in silent and each.get("name") != "stderr" for each in outputs)


def _shows(value: float) -> Callable[[list[Output]], bool]:
    return lambda outputs: list(map(_number, values(outputs))) == [value]


def _number(text: object) -> float | None:
    try:
        return float(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _token(draw: random.Random) -> str:
    return f"{draw.getrandbits(48):x}"


def _names_in(test: str) -> list[str]:
    """The names that a test takes from the notebook."""
    return sorted(names_of(test)[1] - frozenset(dir(builtins)))[:MOST_NAMES]


def _ends_in_value(test: str) -> bool:
    """Whether the last line of the test is an expression, whose value a notebook shows."""
    try:
        body = ast.parse(python_of(test)).body
    except NO_CODE:
        return False
    return bool(body) and isinstance(body[-1], ast.Expr)
