"""Why a name is missing that a test asks for: the cell that was to give it has stopped, and told why."""

import re
from collections.abc import Sequence

from nbformat import NotebookNode

from autograder.cells.metadata import grade_id
from autograder.cells.outputs import first_error
from autograder.checks.losses import CELL_IS_NO_CODE, CELL_LOST, CELL_RAISED, Lost
from autograder.checks.messages import Message, one_line
from autograder.checks.raised import Raised, is_stub
from autograder.checks.verdicts import NotAnswered, Stopped, Unanswered, exception
from autograder.grading.judged import error_output

# What a cell gives at its top level, told without parsing: it may be no Python.
GIVEN = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
SYNTAX = re.compile(r"(?P<said>.*) \([^()]*, line (?P<line>\d+)\)")
MISSES = {"NameError": re.compile(r"name '(\w+)' is not defined"), NotAnswered.__name__: re.compile(r"[^`]*`(\w+)`")}


class MissingNames:
    """What the answer cells of a notebook were to give and did not, for they have stopped."""

    def __init__(self) -> None:
        self._why: dict[str, Message] = {}  # by name
        self._is_unanswered = False  # the last of them

    def note(self, answer: NotebookNode, handed_out: str, found: Sequence[NotebookNode] | Lost) -> None:
        """Note what an answer cell showed, or how it was lost.

        The names that it was to give are read from its source, and from the source handed out.
        """
        error = None if isinstance(found, Lost) else first_error(found)
        self._is_unanswered = error is not None and is_stub(error.ename, error.evalue)
        cell = grade_id(answer) or ""
        if isinstance(found, Lost):
            why = CELL_LOST.filled(cell=cell, lost=found.told)
        elif error and not self._is_unanswered:
            why = _reason(cell, error)
        else:
            return
        for source in (handed_out, answer.source):
            self._why |= dict.fromkeys((match[1] or match[2] for match in GIVEN.finditer(source)), why)

    def told_by(self, outputs: Sequence[NotebookNode], language: str) -> list[NotebookNode]:
        """The outputs of a test, where an error that a name is missing tells why, if that is known."""
        return [self._told(each, language) for each in outputs]

    def _told(self, output: NotebookNode, language: str) -> NotebookNode:
        misses = MISSES.get(output.ename) if output.output_type == "error" else None
        if not misses or not (found := misses.match(output.evalue)):
            return output
        name, error = found[1], None
        if name in self._why:
            error = exception(Stopped(self._why[name], name), language)
        elif self._is_unanswered and output.ename != NotAnswered.__name__:
            error = exception(Unanswered(name, ()), language)
        return error_output(error) if error else output


def _reason(cell: str, error: NotebookNode) -> Message:
    if error.ename in ("SyntaxError", "IndentationError", "TabError") and (told := SYNTAX.match(error.evalue)):
        return CELL_IS_NO_CODE.filled(cell=cell, line=told["line"], error=one_line(told["said"]))
    return CELL_RAISED.filled(cell=cell, error=one_line(str(Raised(error.ename, error.evalue))))
