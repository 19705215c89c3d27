"""The door through which a notebook reaches the checks."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from autograder.checks.messages import translations
from autograder.checks.rules import RULES
from autograder.checks.verdicts import Misnamed, Unanswered, Verdict, exception, report

MOST_NAMES, LONGEST_NAME = 1_000, 100  # that a misspelt name is compared with
IPYTHONS_OWN = frozenset({"In", "Out", "exit", "quit", "open", "get_ipython"})


def notebook(language: str = "ru", namespace: Mapping[str, Any] | None = None) -> tuple["Answer", "Check"]:
    """`answer` gives what the student defined by name; `check` has the rules that judge it.

    The names are looked up in the notebook that runs, or in `namespace` where there is none.
    """
    translations(language)  # an unknown language is told here, not in the middle of the lab
    return Answer(language, _notebooks_names() if namespace is None else namespace), Check(language)


class Answer:
    """What the student defined: `answer.ModelPad0` is the `ModelPad0` of the notebook at this moment."""

    def __init__(self, language: str, namespace: Mapping[str, Any]) -> None:
        self._language = language
        self._namespace = namespace
        self._asked: set[str] = set()  # names of other answers: none of them is this one misspelt

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._asked.add(name)
        if name not in self._namespace:
            others = [each for each in _own_names(self._namespace) if each not in self._asked]
            raise exception(_missing(name, others), self._language)
        return self._namespace[name]

    def __dir__(self) -> list[str]:
        return _own_names(self._namespace)


class Check:
    """The rules of the labs: each prints one line if it is fulfilled, and raises `Failure` if not."""

    def __init__(self, language: str) -> None:
        for rule in RULES:
            setattr(self, rule.__name__, _told(rule, language))


def _told(rule: Callable[..., Verdict], language: str) -> Callable[..., None]:
    @functools.wraps(rule)
    def check(*arguments: Any, **options: Any) -> None:
        verdict = rule(*arguments, **options)
        if error := exception(verdict, language):
            raise error from None
        print(report(verdict, language))

    check.__doc__ = rule.says.text(language)
    check.__signature__ = inspect.signature(rule).replace(return_annotation=None)
    return check


def _missing(name: str, others: list[str]) -> Unanswered | Misnamed:
    near = {each.lower(): each for each in others[:MOST_NAMES] if len(each) <= LONGEST_NAME}
    found = get_close_matches(name.lower(), near, n=1, cutoff=0.7)
    return Misnamed(name, near[found[0]]) if found else Unanswered(name)


def _own_names(namespace: Iterable[str]) -> list[str]:
    return [name for name in namespace if not name.startswith("_") and name not in IPYTHONS_OWN]


def _notebooks_names() -> Mapping[str, Any]:
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        raise RuntimeError("there is no notebook here: give notebook() a namespace")
    return shell.user_ns
