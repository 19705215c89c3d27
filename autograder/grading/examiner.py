"""Runs the course's test cells apart from the student's process, which it asks through `answer`; it needs PyTorch."""

import ast
import contextlib
import functools
import io
from collections.abc import Iterator, Mapping
from types import CodeType
from typing import Any

from nbformat.v4 import new_output

from autograder.cells.names import python_of
from autograder.checks import notebook
from autograder.checks.handles import Handle, HandleMisuse
from autograder.checks.lab import FilesOfRules, loaded
from autograder.checks.seeds import FIXED
from autograder.coding import CannotCross
from autograder.grading.judged import CELL, Judged, error_output
from autograder.kinds import OddityKind
from autograder.network.depicted import as_plain
from autograder.process.asking import Asking
from autograder.process.student import StudentProcess
from autograder.tasks.login import LOGIN


class Examiner:
    """A namespace with the course's own cells in it and `answer` as the one door to what the student wrote.

    What its tests ask is drawn from the `seed`, which never reaches the student's process.
    """

    def __init__(self, student: StudentProcess, language: str, seed: int, rules: FilesOfRules) -> None:
        self._asking = Asking(student)
        self._names = _Names(self._asking, seed)
        self._namespace = namespace_of_tests(language, self._names, rules, seed)

    @property
    def logins(self) -> tuple[str, ...]:
        """What tests were told when they asked for the login; an empty one where there was none."""
        return tuple(self._names.logins)

    @property
    def networks(self) -> Mapping[str, tuple[str, ...]]:
        """The outlines of the networks that tests observed, by name."""
        return self._asking.networks

    def prepare(self, source: str) -> None:
        """Run a cell of the course that its tests need."""
        execute(source, self._namespace)

    def judge(self, source: str) -> Judged:
        """The outputs of a test cell, which `could_not_tell` and nbgrader's `determine_grade` read, and their picture.

        A test that raises has failed, as in nbgrader, unless it says that it could not tell or the error is not its
        own: a name that only the student's process knows, or an error inside of the grader.
        """
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            try:
                value = execute(source, self._namespace)
                error = None
            except Exception as raised:
                value, error = None, raised
        outputs = [new_output("stream", text=said.getvalue())] if said.getvalue() else []
        if value is not None:
            outputs.append(new_output("execute_result", {"text/plain": repr(value)}))
        if error is None:
            return Judged(outputs)
        depicted, broken = getattr(error, "depicted", None), getattr(error, "broken", None)
        oddity = OddityKind.MISUSED if isinstance(error, HandleMisuse | CannotCross) else None
        return Judged(
            [*outputs, error_output(error)],
            OddityKind.BROKEN_RULE if broken else oddity,
            as_plain(depicted) if depicted else None,
            broken,
        )


class _Names(Mapping[str, Any]):
    """The names in the student's process."""

    def __init__(self, asking: Asking, seed: int) -> None:
        self._asking = asking
        self._seed = seed
        self.logins: dict[str, None] = {}

    def __getitem__(self, name: str) -> Any:
        try:
            found = self._asking.look_up(name)
        except KeyError:
            self._note(name, None)
            raise
        self._note(name, found)
        return found.seeded(self._seed) if isinstance(found, Handle) else found

    def _note(self, name: str, found: Any) -> None:
        if name == LOGIN:
            self.logins[str(found) if type(found) in (str, int) else ""] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._asking.names())

    def __len__(self) -> int:
        return len(self._asking.names())


def namespace_of_tests(
    language: str, names: Mapping[str, Any], rules: FilesOfRules, seed: int = FIXED
) -> dict[str, Any]:
    """What the course's cells begin with, where these are the names that a student has defined.

    It is what the set-up cell makes in a notebook; but the lab's own `rules` are the course's, not a student's copy.
    """
    answer, check = notebook(language, names, seed)
    if rules:
        check.use(loaded(rules))
    return {"__name__": "__main__", "answer": answer, "check": check}


def execute(source: str, namespace: dict[str, Any]) -> Any:
    """Runs a cell; the value of its last line, if that is an expression."""
    statements, last = _compiled(source)
    exec(statements, namespace)
    return eval(last, namespace) if last else None


@functools.cache  # the tests of a course are few, and run for every submission
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """A cell's statements, and its last line where that is an expression."""
    cell = ast.parse(python_of(source), CELL)
    last = None
    if cell.body and isinstance(line := cell.body[-1], ast.Expr):
        cell.body.pop()
        last = compile(ast.Expression(line.value), CELL, "eval")
    return compile(cell, CELL, "exec"), last
