"""The rules of a small lab of its own, as a course has them beside its notebook."""

import importlib.util
from pathlib import Path
from types import ModuleType

RULES = '''
from autograder.checks.writing import *
from autograder.checks.writing import _

EVEN = _("Evenness")


@rule(EVEN, _("The function gives an even number."))
def gives_even(function, number):
    found = returned(call_text(function, number), _("expected an even number"), function, number)
    if not is_number(found) or found % 2:
        return Failed(EVEN, _("expected an even number"), got_value(found))
    return Passed(EVEN, _("{number} is even", number=found))


def twice(function, number):
    return [function(number), function(number)]


@unconfirmed_rule(_("Steadiness"), _("The function gives the same each time."), twice)
def steady(found, number):
    first, second = found
    if first != second:
        return Failed(_("Steadiness"), _("expected the same"), got_value(second))
    return Passed(_("Steadiness"), _("the same each time"))
'''
BROKEN = RULES.replace("if not is_number(found)", "if nowhere(found)")  # its rule stops with a NameError
BROKEN_LINE = BROKEN[: BROKEN.index("nowhere")].count("\n") + 1
CATALOGUE = """
msgid ""
msgstr "Language: ru\\n"

msgid "Evenness"
msgstr "Чётность"

msgid "The function gives an even number."
msgstr "Функция даёт чётное число."

msgid "expected an even number"
msgstr "ожидалось чётное число"

msgid "{number} is even"
msgstr "{number} чётно"

msgid "Steadiness"
msgstr "Постоянство"

msgid "The function gives the same each time."
msgstr "Функция каждый раз даёт одно и то же."

msgid "expected the same"
msgstr "ожидалось то же"

msgid "the same each time"
msgstr "каждый раз одно и то же"
"""


def write_rules(folder: Path, rules: str = RULES, catalogue: str = CATALOGUE) -> Path:
    """The folder, with rules.py and its Russian catalogue in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.py").write_text(rules, encoding="utf-8")
    (folder / "rules.ru.po").write_text(catalogue, encoding="utf-8")
    return folder


def imported(folder: Path) -> ModuleType:
    """The module, as `import rules` gives it to a notebook in that folder."""
    spec = importlib.util.spec_from_file_location("rules", folder / "rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
