"""What a student's process is asked of the objects in it, by tests that are judged outside: it needs PyTorch."""

import importlib
from collections.abc import Callable
from typing import Any

from torch import nn

from autograder.checks import notebook, subject
from autograder.checks.calling import LAB_QUESTION, answer_to, built
from autograder.checks.entry import LONGEST_NAME, MOST_NAMES
from autograder.checks.handles import Found, Missing
from autograder.checks.inputs import Inputs, Normal
from autograder.checks.lab import MODULE as LAB_RULES
from autograder.checks.messages import one_line
from autograder.checks.plain_data import Opaque, with_arrays
from autograder.checks.subject import QUESTIONS, name_of, reproducible
from autograder.languages import LANGUAGES
from autograder.process.replayer import field, reading


class Questions:
    """The objects of a notebook that tests have asked for, by number."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._objects: list[Any] = []
        self._requests: dict[str, Callable[..., Any]] = {
            "names": self._names,
            "look_up": self._look_up,
            "reading": reading,
            "field": field,
            "make": self._make,
            LAB_QUESTION: self._ask_for_rule,
        }

    def answer(self, what: str, arguments: list[Any]) -> Any:
        """Of a question to an object, its number is the first argument."""
        if what in self._requests:
            return self._requests[what](*arguments)
        number, *rest = arguments
        with reproducible():
            return QUESTIONS[what](self._objects[number], *rest)

    def _names(self) -> list[str]:
        """The newest names of the notebook, with which a misspelt one is compared."""
        names = [name for name in self._namespace if isinstance(name, str) and len(name) <= LONGEST_NAME]
        return names[-MOST_NAMES:]

    def _look_up(self, name: str) -> Any:
        """A variable by value if it is plain data or an array; or else a number by which to ask for it."""
        return self._found(self._namespace[name]) if name in self._namespace else Missing()

    def _make(self, number: int, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        with reproducible():
            return self._found(self._objects[number](*built(arguments), **options))

    def _ask_for_rule(self, number: int, rule: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """What a rule of the lab's own asks of an object, by the rules that the student's cells could import."""
        question = getattr(importlib.import_module(LAB_RULES), rule).question
        with reproducible():
            return answer_to(question, self._objects[number], arguments, options)

    def _found(self, value: Any) -> Any:
        with reproducible():
            seen = with_arrays(value)
        if not isinstance(seen, Opaque):
            return seen
        number = next((number for number, known in enumerate(self._objects) if known is value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        return Found(number, one_line(name_of(value), LONGEST_NAME), one_line(type(value).__name__), callable(value))


def warm() -> None:
    """Do once what is slow the first time.

    But for `torch.optim`, which imports a compiler with it: 70 MB and over a second that the labs do not need.
    """
    seen = subject.observe_network(_small_network, 1, Inputs((Normal((3, 8, 8)),)))
    if isinstance(seen, subject.Observed):
        with reproducible():
            _ = seen.trace.reading
    for language in LANGUAGES:
        notebook(language, {})


def _small_network() -> nn.Module:
    """What most networks have."""
    padded = nn.Conv2d(3, 4, 3, padding=1, padding_mode="reflect")
    head = nn.Sequential(nn.Conv2d(4, 2, 1), nn.Dropout(), nn.Flatten(), nn.Linear(32, 2))
    return nn.Sequential(padded, nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), head)
