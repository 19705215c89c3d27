import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import autograder.checks
from autograder.checks.messages import _, ngettext
from autograder.checks.rules import RULES

CHECKS = Path(autograder.checks.__file__).parent


def extracted():
    found = extract_from_dir(CHECKS, method_map=[("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)})
    return {message for _file, _line, message, _comments, _context in found}


def catalogue():
    with (CHECKS / "locale/ru/LC_MESSAGES/autograder.po").open("rb") as source:
        return {message.id: message for message in read_po(source, locale="ru") if message.id}


def forms(text):
    return text if isinstance(text, tuple) else (text,)


def placeholders(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_the_catalogue_has_every_message_of_the_code_and_no_other():
    assert set(catalogue()) == extracted()


@pytest.mark.parametrize("message", catalogue().values(), ids=lambda message: str(message.id)[:40])
def test_each_translation_is_complete_and_keeps_the_placeholders(message):
    assert not message.fuzzy
    assert len(forms(message.string)) == (3 if isinstance(message.id, tuple) else 1)
    for form in forms(message.string):
        assert form.strip()
        assert placeholders(form) == placeholders(forms(message.id)[-1])


@pytest.mark.parametrize(
    ("count", "text"), [(1, "получена 1 свёртка: a"), (3, "получены 3 свёртки: a"), (5, "получено 5 свёрток: a")]
)
def test_russian_counts_in_three_forms(count, text):
    message = ngettext("got {count} convolution: {names}", "got {count} convolutions: {names}", count, names=("a",))
    assert message.text("ru") == text


def test_a_message_is_translated_when_shown_with_the_messages_in_it():
    message = _("{checked}: {found}", checked=_("Output size"), found=(_("no padding"), "x"))
    assert message.text("en") == "Output size: no padding, x"
    assert message.text("ru") == "Размер выхода: без дополнения, x"


def test_large_numbers_are_grouped_as_the_language_does():
    message = _("expected at most {budget}", budget=50_000)
    assert message.text("en") == "expected at most 50,000"
    assert message.text("ru") == "ожидалось не больше 50\N{NO-BREAK SPACE}000"


def test_values_are_never_taken_for_templates():
    assert _("got {value}", value="{name} {0}").text("ru") == "получено {name} {0}"


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="'de' is not one of ru, en"):
        _("no padding").text("de")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_says_what_it_checks_in_both_languages(rule):
    assert rule.__doc__ == rule.says.text("en")
    assert rule.says.text("ru") != rule.says.text("en")
    assert rule.says.text("ru").endswith(".")
