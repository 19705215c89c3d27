"""What a check found, and the exceptions that tell a notebook."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import TYPE_CHECKING

from autograder.checks.messages import Message, _, in_language

if TYPE_CHECKING:
    from autograder.network import Trace
    from autograder.network.depicted import Depicted
    from autograder.network.field import Sight

Shown = Message | str  # text that needs no translation is a string
WIDEST_LINE = 70


def formula(text: str) -> Message:
    """A formula in which numbers from 10 000 on are grouped as in the reader's language.

    What has more digits than any count of a lab is a name.
    """
    parts = enumerate(re.split(r"\b(\d{5,18})\b", text))
    values = tuple((f"part{place}", int(part) if place % 2 else part) for place, part in parts)
    return Message("".join(f"{{{name}}}" for name, _part in values), values)


@dataclass(frozen=True)
class Passed:
    """The answer is right."""

    checked: Shown
    found: Shown

    @property
    def lines(self) -> tuple[Shown, ...]:
        return (_("{checked}: {found}", checked=self.checked, found=self.found),)


@dataclass(frozen=True)
class Failed:
    """The answer is wrong; `expected` and `got` are phrases such as "expected 15" and "got 16".

    `trace` is of the network where its shapes are the matter, `sight` tells how far it sees: a notebook draws them.
    """

    checked: Shown
    expected: Message
    got: Message
    why: tuple[Shown, ...] = ()
    trace: Trace | None = field(default=None, repr=False, compare=False)
    sight: Sight | None = field(default=None, repr=False, compare=False)

    @property
    def depicted(self) -> Depicted | None:
        return self.sight or self.trace

    @property
    def lines(self) -> tuple[Shown, ...]:
        headline = _("{checked}: {expected}, {got}.", checked=self.checked, expected=self.expected, got=self.got)
        return (headline, *self.why)


CELL_STOPPED = _(
    "Or that cell has stopped with an error: mend what it names, or run the cells above it; then run it again."
)


@dataclass(frozen=True)
class Unanswered:
    """The student has not written the answer yet."""

    name: str
    why: tuple[Shown, ...] = (
        _(
            "Is your code in its cell, in place of `raise NotImplementedError()`? "
            "Then run that cell and those above it, and this one again."
        ),
    )

    @property
    def lines(self) -> tuple[Shown, ...]:
        return (_("`{name}` is not answered yet.", name=self.name), *self.why)


@dataclass(frozen=True)
class Misnamed:
    """There is no answer of this name, but something whose name is nearly the same."""

    name: str
    near: str

    @property
    def lines(self) -> tuple[Shown, ...]:
        return (
            _("The name `{name}` is not found.", name=self.name),
            _("Is your answer called `{near}`? Rename it to `{name}`.", near=self.near, name=self.name),
        )


@dataclass(frozen=True)
class Stopped:
    """There is no answer of this name, for its cell has stopped, as `why` says."""

    why: Message
    name: str

    @property
    def lines(self) -> tuple[Shown, ...]:
        return (self.why, _("So there is no `{name}`.", name=self.name))


@dataclass(frozen=True)
class Waiting:
    """The check rests on a network that does not run, or returns another thing; another check says why."""

    checked: Shown
    network: str
    several: bool = False  # tensors are to be returned

    @property
    def lines(self) -> tuple[Shown, ...]:
        line = _("{checked}: can't be checked until `{name}` runs and returns a tensor.")
        if self.several:
            line = _("{checked}: can't be checked until `{name}` runs and returns the tensors that it is to return.")
        return (line.filled(checked=self.checked, name=self.network),)


@dataclass(frozen=True)
class Unknown:
    """The grader could not tell; `why` has what else is known, and what could be judged.

    `by_chance`: other initial weights may tell.
    """

    checked: Shown
    reason: Shown
    why: tuple[Shown, ...] = ()
    by_chance: bool = False

    @property
    def lines(self) -> tuple[Shown, ...]:
        return (
            _("{checked}: the grader could not tell whether this is right.", checked=self.checked),
            _("This is not held against you: a person will look at it ({reason}).", reason=self.reason),
            *self.why,
        )


@dataclass(frozen=True)
class Broken:
    """A rule of the lab's own stopped with an error, at a line of its file: the grader's fault, and no answer's."""

    checked: Shown
    rule: str
    file: str
    line: int
    error: str

    @property
    def lines(self) -> tuple[Shown, ...]:
        return (
            _(
                "{checked}: the check itself has stopped (`{rule}`, {file}, line {line}): {error}.",
                checked=self.checked, rule=self.rule, file=self.file, line=str(self.line), error=self.error,
            ),
            _("This is a fault of the course and is not held against you: tell your instructor."),
        )  # fmt: skip


Verdict = Passed | Failed | Unanswered | Misnamed | Stopped | Waiting | Unknown | Broken


def _folded(line: str) -> list[str]:
    """The line in parts that a notebook has room for: it would break a longer one in the midst of a word."""
    if len(line) <= WIDEST_LINE:
        return [line]
    sentences = re.split(r"(?<=\S)  +(?=\S)", line)
    indents = ["", *["  "] * (len(sentences) - 1)]
    return [
        part
        for sentence, indent in zip(sentences, indents, strict=True)
        for part in textwrap.wrap(
            sentence, WIDEST_LINE, initial_indent=indent, subsequent_indent="  ",
            break_long_words=False, break_on_hyphens=False,
        )
    ]  # fmt: skip


class _Clean(Exception):
    """An exception that a notebook shows as its text alone."""

    def _render_traceback_(self) -> list[str]:
        return [part for line in str(self).splitlines() for part in _folded(line)]


class Failure(_Clean, AssertionError):
    """A check that failed; its text is what the student reads, and `depicted` belongs to it as a picture."""

    depicted: Depicted | None = None


class NotAnswered(Failure):
    """A check of an answer that is not there yet."""


class Blocked(Failure):
    """A check that waits for a network that runs."""


class UnknownRule(_Clean, AttributeError):
    """A test or a notebook asks for a rule that there is not; `untranslated` says it as Python says its errors."""

    def __init__(self, text: str, untranslated: str) -> None:
        super().__init__(text)
        self.untranslated = untranslated


class CouldNotTell(_Clean):
    """A check that the grader could not decide; where its rule is broken, that is in `broken`."""

    broken: Broken | None = None


OUTCOMES: dict[type, tuple[str, type[Exception] | None]] = {
    Passed: ("✓", None),
    Failed: ("✗", Failure),
    Unanswered: ("✗", NotAnswered),
    Misnamed: ("✗", NotAnswered),
    Stopped: ("✗", Failure),
    Waiting: ("✗", Blocked),
    Unknown: ("?", CouldNotTell),
    Broken: ("?", CouldNotTell),
}


def report(verdict: Verdict, language: str, catalogue: NullTranslations | None = None) -> str:
    """The text of a verdict: a marked line, and indented lines that say why."""
    mark, _exception = OUTCOMES[type(verdict)]
    return f"{mark} " + "\n  ".join(in_language(line, language, catalogue) for line in verdict.lines)


def exception(verdict: Verdict, language: str, catalogue: NullTranslations | None = None) -> Exception | None:
    """The exception that tells of a verdict; None for a passed one."""
    _mark, kind = OUTCOMES[type(verdict)]
    error = kind(report(verdict, language, catalogue)) if kind else None
    if isinstance(error, Failure) and isinstance(verdict, Failed):
        error.depicted = verdict.depicted
    if isinstance(error, CouldNotTell) and isinstance(verdict, Broken):
        error.broken = verdict
    return error
