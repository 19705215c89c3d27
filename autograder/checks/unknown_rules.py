"""What a notebook says of a rule that there is not."""

from collections.abc import Iterable
from difflib import get_close_matches

from autograder.checks.messages import _
from autograder.checks.verdicts import UnknownRule


def unknown_rule(name: str, known: Iterable[str], language: str) -> UnknownRule:
    """The exception that names the rules of a similar name, and says how to see all."""
    said = _("There is no rule `check.{name}`. Type `check.` and press Tab to see all that there are.", name=name)
    untranslated = f"there is no rule `check.{name}`"
    if similar := similar_rules(name, known):
        untranslated += f" (similar: {', '.join(similar)})"
        said = _("There is no rule `check.{name}`. Similar names: {similar}. Type `check.` and press Tab to see all "
                 "that there are.", name=name, similar=similar)  # fmt: skip
    return UnknownRule(said.text(language), untranslated)


def similar_rules(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The rules that may have been meant, the nearest first."""
    return tuple(f"`check.{each}`" for each in get_close_matches(name, list(known)))
