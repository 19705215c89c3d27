"""What a test holds of something that lives in the student's process: a number there, and the right to ask."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, TypeVar

from autograder.checks.seeds import FIXED
from autograder.checks.verdicts import CouldNotTell
from autograder.network import Trace
from autograder.network.field import Field
from autograder.network.replaying import Given

Answered = TypeVar("Answered")


class HandleMisuse(CouldNotTell):
    """A test does with an answer what can't be done from outside: a fault of the test, not of the student."""


@dataclass(frozen=True)
class Found:
    """An object of the student's that does not cross: its number in the table of the process, and what it is."""

    number: int
    name: str
    kind: str
    is_callable: bool


@dataclass(frozen=True)
class Missing:
    """What is asked for is not in the notebook."""


@dataclass(frozen=True, eq=False)
class Handle:
    """Stands in a test for an object of the student's; the checks ask, the student's process answers.

    `distrust` ends a process that answers what was not asked, and says so. `confirmed` is
    `evidence.confirmed`, and `field_of` is `network.field.field_of`, each in a process of its own. `_answers` keeps
    what was answered since a cell of the student's ran last; of a handle that no `variable` names, one made by a call,
    it is asked each time. From `seed` is drawn what the checks ask; it stays on this side.
    """

    found: Found
    variable: str | None
    _ask: Callable[..., Any] = field(repr=False)
    distrust: Callable[[], Any] = field(repr=False)
    confirmed: Callable[[Trace, Given, Given], Trace] = field(repr=False)
    field_of: Callable[[Trace, Given, int, list[int]], Field | None] = field(repr=False)
    _answers: dict[Hashable, Any] = field(repr=False)
    seed: int = field(default=FIXED, repr=False)

    def ask(self, question: str, *arguments: Any) -> Any:
        return self._ask(question, *arguments)

    def once(self, key: Hashable, ask: Callable[[], Answered]) -> Answered:
        """The answer to a question that needs no asking twice."""
        if self.variable is None:
            return ask()
        key = self.variable, key
        if key not in self._answers:
            self._answers[key] = ask()
        return self._answers[key]

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        made = self.ask("make", arguments, options)
        return made.seeded(self.seed) if isinstance(made, Handle) else made

    def seeded(self, seed: int) -> "Handle":
        """The same handle, with another seed."""
        return replace(self, seed=seed)

    def __getattr__(self, name: str) -> NoReturn:
        self._refuse(f"its attribute `{name}`")

    def __iter__(self) -> NoReturn:
        self._refuse("its parts")

    def __len__(self) -> NoReturn:
        self._refuse("its length")

    def __bool__(self) -> NoReturn:
        self._refuse("its truth")

    def __eq__(self, other: object) -> NoReturn:
        self._refuse("whether it is equal to something")

    def _refuse(self, what: str) -> NoReturn:
        raise HandleMisuse(f"The test asks `{self.found.name}` for {what}; it may call it, or give it to a check.")
