"""What has been checked in a notebook so far, and what it came to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.messages import Message, _, in_language
from autograder.checks.unknown_rules import unknown_rule
from autograder.checks.verdicts import OUTCOMES, Failed, Unanswered, Verdict

WIDEST_NAME = 18
NOT_CHECKED = _("not checked yet, run the cell with the check")
NOT_REACHED = _("not checked yet, first put right what is marked ✗")
NOT_ANSWERED = _("not answered yet")
CHANGED = _("changed since it was checked, run the check again")
BY_HAND = _("read by your instructor")
AFTERWARDS = _(
    "After you hand in the notebook, the same properties are checked again on other inputs, which are not shown here."
)


@dataclass
class Results:
    """The last verdict of each rule on each answer, and what the answer was then."""

    _asked: dict[str, Any] = field(default_factory=dict)
    _found: dict[tuple[str, str], tuple[Verdict, Any]] = field(default_factory=dict)

    def ask(self, name: str, value: Any) -> None:
        """An answer was asked for: the next verdict may be on it."""
        self._asked[name] = value

    def add(self, rule: str, verdict: Verdict, arguments: Sequence[Any]) -> None:
        for name, value in self._asked.items():
            if any(value is argument for argument in arguments):
                self._found[name, rule] = verdict, value
        self._asked.clear()

    def has_failed(self, value: Any) -> bool:
        """Whether this is an answer that a rule has failed, as it is now."""
        against = (checked for verdict, checked in self._found.values() if isinstance(verdict, Failed))
        return value is not None and any(checked is value for checked in against)

    def mark(self, name: str, rule: str, value: Any) -> tuple[str, Message | None] | None:
        """A sign for what the rule found of the answer, which is `value` now, and why there is none.

        None where the rule has not been asked.
        """
        verdict, checked = self._found.get((name, rule), (None, None))
        if verdict is None:
            return None
        if checked is not value:
            return "–", CHANGED
        if isinstance(verdict, Unanswered):
            return "–", NOT_ANSWERED
        return OUTCOMES[type(verdict)][0], None


def summary(
    results: Results,
    namespace: Mapping[str, Any],
    rules: Mapping[str, Sequence[str]],
    by_hand: Sequence[str],
    language: str,
    headings: Mapping[str, str],
) -> Iterator[str]:
    """The lines of a summary of the answers and the `rules` that judge each, and of what a person reads.

    `headings` are those of all rules that there are; UnknownRule for another.
    """
    for rule in (each for judged_by in rules.values() for each in judged_by):
        if rule not in headings:
            raise unknown_rule(rule, headings, language)
    for name, judged_by in rules.items():
        found = {rule: results.mark(name, rule, namespace.get(name)) for rule in judged_by}
        not_checked = NOT_REACHED if (OUTCOMES[Failed][0], None) in found.values() else NOT_CHECKED
        marks = {rule: mark or ("–", not_checked) for rule, mark in found.items()}
        sign, remark = next(iter(marks.values()))
        if remark and len(set(marks.values())) == 1:
            yield f"{name:{WIDEST_NAME}} {sign} {in_language(remark, language)}"
            continue
        for place, (rule, (sign, remark)) in enumerate(marks.items()):
            told = [in_language(part, language) for part in (headings[rule], remark) if part]
            yield f"{'' if place else name:{WIDEST_NAME}} {sign} {': '.join(told)}"
    for name in by_hand:
        yield f"{name:{WIDEST_NAME}} – {in_language(BY_HAND, language)}"
    yield ""
    yield in_language(AFTERWARDS, language)
