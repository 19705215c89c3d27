"""What a release finds wrong with a lab's own rules, before anything is built."""

import pytest
from lab_rules import CATALOGUE, RULES, write_rules

from autograder.course.lab_rules import rules_faults

from .made_notebooks import course_notebook, notebook, text


def faults(folder, notebook=None):
    found = rules_faults(folder, "source/sums", [notebook or course_notebook()])
    return [(fault.file, fault.told.text("en")) for fault in found]


def test_whole_rules_and_none_have_no_fault(tmp_path):
    assert faults(tmp_path / "none") == []
    assert faults(write_rules(tmp_path / "whole")) == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("import nowhere", "it can't be used (ModuleNotFoundError: No module named 'nowhere')"),
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
    assert ("source/sums/rules.ru.po", "a message of rules.py has no translation: 'expected an even number'") in faults(folder)
    assert faults(folder, notebook(text("In English alone", "en"))) == []


def test_what_the_package_says_already_needs_no_translation(tmp_path):
    rules = RULES.replace('_("the same each time")', '_("no padding")')
    assert faults(write_rules(tmp_path, rules)) == []
