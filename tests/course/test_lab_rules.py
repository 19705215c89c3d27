"""What a release finds wrong with a lab's own rules, before anything is built."""

import pytest
from lab_rules import CATALOGUE, RULES, write_rules

from autograder.checks import notebook as notebook_door
from autograder.checks.lab import files_of_rules, loaded
from autograder.course.lab_rules import lab_rules

from .made_notebooks import course_notebook, notebook, text


def faults(folder, notebook=None):
    _known, found = lab_rules(folder, "source/sums", [notebook or course_notebook()])
    return [(fault.file, fault.told.text("en")) for fault in found]


def test_a_lab_with_rules_of_its_own_knows_them_beside_the_packages(tmp_path):
    packages, _faults = lab_rules(tmp_path / "none", "source/sums", [])
    known, _faults = lab_rules(write_rules(tmp_path / "whole"), "source/sums", [])
    assert {*known} - {*packages} == {"gives_even", "steady"}
    assert "output_shape" in packages


def test_whole_rules_and_none_have_no_fault(tmp_path):
    assert faults(tmp_path / "none") == []
    assert faults(write_rules(tmp_path / "whole")) == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("import nowhere", "it can't be used: line 1 (ModuleNotFoundError: No module named 'nowhere')"),
        (RULES.replace("@rule(EVEN,", "@rule(EVEN)  #"), "it can't be used: line 8 (TypeError: a rule begins with a heading"),
        (RULES.replace("@rule(EVEN,", "@rule  #"), "it can't be used: line 8 (TypeError: a rule begins with a heading"),
        (RULES.replace('_("The function gives an even number.")', '"So."'), "it can't be used: line 8 (TypeError: a rule"),
        ("def f(:", "it can't be used (SyntaxError: "),
        ("x = 1", "it can't be used (ValueError: rules.py has no rule"),
    ],
)
def test_rules_that_can_not_be_used_are_a_fault(tmp_path, rules, said):
    [(file, told)] = faults(write_rules(tmp_path, rules))
    assert file == "source/sums/rules.py"
    assert told.startswith(said)


@pytest.mark.parametrize("catalogue", ["", CATALOGUE.replace("ожидалось чётное число", "")])
def test_each_message_is_translated_into_each_language_of_the_notebook(tmp_path, catalogue):
    folder = write_rules(tmp_path, RULES, catalogue)
    untold = ("source/sums/rules.ru.po", "a message of rules.py has no translation: 'expected an even number'")
    assert faults(folder).count(untold) == 1
    assert faults(folder, notebook(text("In English alone", "en"))) == []


@pytest.mark.parametrize("translation", ["{numbers} чётно", "чётно", "{number чётно"])
def test_a_translation_has_the_placeholders_of_its_message(tmp_path, translation):
    folder = write_rules(tmp_path, RULES, CATALOGUE.replace("{number} чётно", translation))
    told = f"in the translation of '{{number}} is even' the placeholders are others: '{translation}'"
    assert faults(folder) == [("source/sums/rules.ru.po", told)]


@pytest.mark.parametrize(("last", "found"), [("{count} чисел", 0), ("{counts} чисел", 1)])
def test_each_plural_form_has_the_placeholders_of_its_message(tmp_path, last, found):
    plural = f"""
msgid "{{count}} number"
msgid_plural "{{count}} numbers"
msgstr[0] "{{count}} число"
msgstr[1] "{{count}} числа"
msgstr[2] "{last}"
"""
    rules = RULES + 'SEVERAL = ngettext("{count} number", "{count} numbers", 2)\n'
    assert len(faults(write_rules(tmp_path, rules, CATALOGUE + plural))) == found


def test_what_the_package_says_already_needs_no_translation(tmp_path):
    rules = RULES.replace('_("the same each time")', '_("no padding")')
    assert faults(write_rules(tmp_path, rules)) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace('"ожидалось то же"', '"ожидалось то же').encode(), 'line 24 is not as it should be: msgstr "ожидалось то же'),
        (lambda text: text.replace('"ожидалось то же"', '"ожидалось "то" же"').encode(), 'line 24 is not as it should be: msgstr "ожидалось "то" же"'),
        (lambda text: text.replace("msgid", "msgidd").encode(), 'line 2 is not as it should be: msgidd ""'),
        (lambda text: text.replace("Language: ru", "PO-Revision-Date: soon").encode(), "line 1 is not as it should be: time data 'soon' does not match format '%Y-%m-%d %H:%M'"),
        (lambda text: text.encode("cp1251"), "line 6 is not in UTF-8"),
    ],
)  # fmt: skip
def test_a_catalogue_that_can_not_be_read_is_told_by_its_line(tmp_path, spoil, told):
    folder = write_rules(tmp_path)
    (folder / "rules.ru.po").write_bytes(spoil(CATALOGUE))
    assert faults(folder) == [("source/sums/rules.ru.po", told)]
    with pytest.raises(ValueError, match="^rules.ru.po: line"):  # which marking tells
        notebook_door("ru", {})[1].use(loaded(files_of_rules(folder)))


def test_a_catalogue_may_begin_with_a_mark_of_utf_8_and_end_its_lines_as_windows_does(tmp_path):
    folder = write_rules(tmp_path)
    (folder / "rules.ru.po").write_bytes(b"\xef\xbb\xbf" + CATALOGUE.replace("\n", "\r\n").encode())
    assert faults(folder) == []


def test_a_translation_may_hold_whatever_else_ends_a_line(tmp_path):
    assert faults(write_rules(tmp_path, RULES, CATALOGUE.replace("ожидалось то же", "ожидалось\u2028то же"))) == []


def test_rules_that_are_not_in_utf_8_are_told_by_the_line(tmp_path):
    folder = write_rules(tmp_path)
    (folder / "rules.py").write_bytes(f"# one\n# Правила\n{RULES}".encode("cp1251"))
    assert faults(folder) == [("source/sums/rules.py", "line 2 is not in UTF-8")]
