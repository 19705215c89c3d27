"""Asks for what a student's notebook has defined: plain data and arrays come by value, else there is a handle."""

import functools
from collections.abc import Callable
from typing import Any

from autograder.checks.handles import Found, Handle, Missing
from autograder.checks.losses import Lost
from autograder.checks.plain_data import Opaque
from autograder.checks.raised import Raised
from autograder.checks.subject import OBSERVE
from autograder.checks.verdicts import Failure
from autograder.kinds import LossKind
from autograder.network import Trace
from autograder.network.replaying import Given
from autograder.process.outline import outline
from autograder.process.replayer import confirmed, field_of
from autograder.process.student import StudentProcess


class Asking:
    """What is asked of one student; `networks` are the outlines of those that were confirmed, as first observed."""

    def __init__(self, student: StudentProcess) -> None:
        self._student = student
        self.networks: dict[str, tuple[str, ...]] = {}

    def names(self) -> list[str]:
        """The names that the notebook has given to something."""
        found = self._student.once("names")
        return [name for name in found if type(name) is str] if type(found) is list else []

    def look_up(self, name: str) -> Any:
        """A variable by value if it is plain data or an array, or else a handle; KeyError where there is none."""
        found = self._student.once("look_up", name)
        if isinstance(found, Missing):
            raise KeyError(name)
        return self._received(name, found)

    def _received(self, name: str | None, found: Any) -> Any:
        if isinstance(found, Found):
            confirm = functools.partial(self._confirmed, name)
            see = functools.partial(field_of, ask=self._student.ask_replayer)
            student = self._student
            return Handle(found, name, self._asker(name, found), student.distrust, confirm, see, student.answers)
        return Opaque("lost") if isinstance(found, Lost | Raised) else found

    def _asker(self, name: str | None, found: Found) -> Callable[..., Any]:
        """Asks of one object, which has another number when the process was made anew since."""
        student, child = self._student, self._student.child

        def ask(question: str, *arguments: Any) -> Any:
            answer: Any = Lost(LossKind.ENDED)  # what is there now, if anything, is another thing
            if student.child is child:
                if question == OBSERVE:
                    student.expect_replayer()
                answer = student.ask(question, found.number, *arguments)
            elif name is not None:
                student.answers.pop(("look_up", name), None)
                again = self._received(name, student.once("look_up", name))
                if isinstance(again, Handle):
                    return again.ask(question, *arguments)
            if question != "make":
                return answer
            if isinstance(answer, Lost | Raised):
                raise Failure(f"{found.name}(): {answer}")
            return self._received(None, answer)

        return ask

    def _confirmed(self, name: str | None, trace: Trace, inputs: Given, others: Given) -> Trace:
        found = confirmed(trace, inputs, others, self._student.ask_replayer)
        if name is not None:
            self.networks.setdefault(name, outline(trace))
        return found
