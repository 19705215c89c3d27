"""The door through which a notebook reaches the checks."""

import contextlib
import functools
import inspect
import re
import sys
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from gettext import NullTranslations
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import torch

from autograder.checks import subject
from autograder.checks.inputs import generator
from autograder.checks.lab import FILE, catalogue_beside
from autograder.checks.messages import in_language
from autograder.checks.predictions import (
    PREDICTION,
    Told,
    in_doubt,
    parameters_prediction,
    predictions,
    size_prediction,
)
from autograder.checks.raised import Raised
from autograder.checks.rules import RULES
from autograder.checks.rules.logins import Task, drawn_task
from autograder.checks.rules.rule import Decided, Rule
from autograder.checks.seeds import FIXED
from autograder.checks.summary import Results, summary
from autograder.checks.unknown_rules import unknown_rule
from autograder.checks.verdicts import (
    CELL_STOPPED,
    Broken,
    CouldNotTell,
    Failed,
    Failure,
    Misnamed,
    NotAnswered,
    Unanswered,
    Verdict,
    exception,
    report,
)
from autograder.languages import translations

MOST_NAMES, LONGEST_NAME = 1_000, 100  # that a misspelt name is compared with
IPYTHONS_OWN = frozenset({"In", "Out", "exit", "quit", "open", "get_ipython"})


def notebook(
    language: str = "ru", namespace: Mapping[str, Any] | None = None, seed: int = FIXED
) -> tuple["Answer", "Check"]:
    """`answer` gives what the student defined by name; `check` has the rules that judge it.

    The names are looked up in the notebook that runs, or in `namespace` where there is none. What a test draws comes
    from the `seed`.
    """
    translations(language)  # an unknown language is told here, not in the middle of the lab
    if _in_a_kernel():
        from autograder import figures  # noqa: F401  Matplotlib is slow the first time: here, not at the first failure
    names, results = _notebooks_names() if namespace is None else namespace, Results()
    return Answer(language, names, results), Check(language, names, results, seed)


class Answer:
    """What the student defined: `answer.ModelPad0` is the `ModelPad0` of the notebook at this moment."""

    def __init__(self, language: str, namespace: Mapping[str, Any], results: Results) -> None:
        self._language = language
        self._namespace = namespace
        self._results = results
        self._asked: set[str] = set()  # names of other answers: none of them is this one misspelt

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._asked.add(name)
        if name not in self._namespace:
            others = [each for each in _own_names(self._namespace) if each not in self._asked]
            raise NotAnswered(report(_missing(name, others), self._language))
        value = self._namespace[name]
        self._results.ask(name, value)
        return value

    def __dir__(self) -> list[str]:
        return _own_names(self._namespace)


class Check:
    """The rules of the labs: each prints one line if it is fulfilled, and raises `Failure` if not."""

    def __init__(self, language: str, namespace: Mapping[str, Any], results: Results, seed: int = FIXED) -> None:
        self.language = language
        self._namespace = namespace
        self._results = results
        self._seed = seed
        self._headings: dict[str, str] = {}
        self._add(RULES, translations(language))

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):  # what Python and IPython look for
            raise AttributeError(name)
        raise unknown_rule(name, dir(self), self.language)

    def __dir__(self) -> list[str]:
        """What can be asked for as `check.NAME`."""
        return [name for name in super().__dir__() if not name.startswith("_")]

    def use(self, rules: ModuleType) -> None:
        """Make the rules of a lab's own `rules.py` rules of this door: `check.NAME`; ValueError where they can't be."""
        self._add(rules_of(rules, TAKEN), catalogue_beside(rules, self.language), rules.__file__ or FILE)

    def _add(self, rules: Iterable[Rule], catalogue: NullTranslations, file: str = "") -> None:
        for rule in rules:
            self._headings[rule.__name__] = in_language(rule.checked, self.language, catalogue)
            setattr(self, rule.__name__, _told(rule, self.language, catalogue, self._results, file))

    def generator(self) -> torch.Generator:
        """A new generator for what a test draws; it gives the same numbers each time that it is asked for."""
        return generator(self._seed, "test")

    def drawn(self, login: Any, tasks: Sequence[Task], purpose: str) -> Task:
        """The task of these that belongs to a login; a login that is not written yet is not answered yet."""
        try:
            return drawn_task(login, tasks, purpose)
        except Decided as decided:
            error = exception(decided.verdict, self.language)
        assert error is not None  # no such verdict is passed
        raise error

    def predict(self, guess: Any, fact: Any, asked: str = "", found_by: Any = None, **how: Any) -> None:
        """Tell what became of a prediction; `fact` is a number, a shape, a choice `among` some, or a dict of them.

        What was `asked` tells one of several in a cell from another. A number is near enough `within` a distance;
        `why` says where a wrong one comes from. Where the fact is `found_by` an answer, it is none while that fails.
        Nothing is marked.
        """
        if self._results.has_failed(found_by):
            found: Iterable[Told] = [in_doubt(subject.name_of(found_by), asked or PREDICTION)]
        else:
            found = predictions(guess, fact, asked or PREDICTION, **how)
        print("\n".join(told.text(self.language) for told in found))

    def predict_size(self, guess: Any, network: torch.nn.Module, input: torch.Tensor, asked: str = "") -> None:
        """Tell what became of a predicted (height, width), or shape, of what comes out of a network or layer.

        What was `asked` tells one prediction of several from another.
        """
        print(size_prediction(guess, network, input, asked or PREDICTION).text(self.language))

    def predict_parameters(self, guess: Any, network: torch.nn.Module, asked: str = "") -> None:
        """Tell what became of a predicted number of parameters of a network or layer."""
        print(parameters_prediction(guess, network, asked or PREDICTION).text(self.language))

    def summary(self, rules: Mapping[str, Sequence[str]], by_hand: Sequence[str] = ()) -> None:
        """Print what came of the `rules` by which each answer is judged, and which cells a person reads."""
        print("\n".join(summary(self._results, self._namespace, rules, by_hand, self.language, self._headings)))


TAKEN = frozenset(vars(Check)) | {rule.__name__ for rule in RULES} | {"language"}


def _told(rule: Rule, language: str, catalogue: NullTranslations, results: Results, file: str) -> Callable[..., None]:
    @functools.wraps(rule)
    def check(*arguments: Any, **options: Any) -> None:
        verdict = _verdict(rule, arguments, options, file)
        results.add(rule.__name__, verdict, (*arguments, *options.values()))
        if error := exception(verdict, language, catalogue):
            _show_picture(verdict, language)
            raise error from None
        print(report(verdict, language, catalogue))

    check.__doc__ = rule.says.text(language, catalogue)
    check.__dict__["__signature__"] = inspect.signature(rule).replace(return_annotation=None)
    return check


def _verdict(rule: Rule, arguments: Sequence[Any], options: Mapping[str, Any], file: str) -> Verdict:
    """What the rule found; what it raises in the lab's own `file` is that file's fault."""
    try:
        return rule(*arguments, **options)
    except (Failure, CouldNotTell):  # words of the package, which say what they mean
        raise
    except Exception as error:
        lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
        if not lines:
            raise
        return Broken(rule.checked, rule.__name__, Path(file).name, lines[-1], str(Raised.by(error)))


def _show_picture(verdict: Verdict, language: str) -> None:
    """The shape ladder or what a value sees, in a notebook; whatever goes wrong with it, the verdict stands."""
    if isinstance(verdict, Failed) and verdict.depicted and _in_a_kernel():
        from IPython.display import display

        with contextlib.suppress(Exception):
            from autograder.figures.depiction import depict  # Matplotlib, which a terminal does not need

            display(depict(verdict.depicted, language))


def _in_a_kernel() -> bool:
    """Whether pictures can be shown: a terminal could not."""
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def _missing(name: str, others: list[str]) -> Unanswered | Misnamed:
    near = {each.lower(): each for each in others[:MOST_NAMES] if _may_be(name, each)}
    found = get_close_matches(name.lower(), near, n=1, cutoff=0.7)
    return Misnamed(name, near[found[0]]) if found else Unanswered(name, (*Unanswered.why, CELL_STOPPED))


def _may_be(name: str, other: str) -> bool:
    """Whether the other name may be this one misspelt; with another number it is another exercise's."""
    numbers = re.findall(r"\d+", other[:LONGEST_NAME])
    return len(other) <= LONGEST_NAME and (not numbers or numbers == re.findall(r"\d+", name))


def _own_names(namespace: Iterable[str]) -> list[str]:
    return [name for name in namespace if not name.startswith("_") and name not in IPYTHONS_OWN]


def _notebooks_names() -> Mapping[str, Any]:
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        raise RuntimeError("there is no notebook here: give notebook() a namespace")
    return shell.user_ns


def rules_of(module: ModuleType, taken: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules that a lab's module has made; ValueError where it has none, or one whose name is `taken`."""
    found = tuple(each for each in vars(module).values() if isinstance(each, Rule) and each not in RULES)
    if not found:
        raise ValueError(f"{FILE} has no rule: make one of a function with `@rule` from autograder.checks.writing.")
    if again := sorted(rule.__name__ for rule in found if rule.__name__ in taken):
        raise ValueError(f"{FILE} has a rule `{again[0]}`, as there is one already: give it another name.")
    return found
