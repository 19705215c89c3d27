"""The command line in its two languages."""

import string
import subprocess
import sys
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from autograder import cli
from autograder.cli.terminal import CATALOGUES, language_of_user

KEYWORDS = dict.fromkeys(("message", "say", "N_"), (1,))


def test_the_russian_catalogue_is_complete_and_holds_nothing_else():
    with (CATALOGUES / "ru" / "LC_MESSAGES" / "cli.po").open("rb") as file:
        catalogue = {entry.id: entry.string for entry in read_po(file, locale="ru") if entry.id}
    written = {found[2] for found in extract_from_dir(Path(cli.__file__).parent, keywords=KEYWORDS)}

    assert set(catalogue) == written
    for english, russian in catalogue.items():
        assert russian
        assert _names(english) == _names(russian), english


def _names(template: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(template) if name}


def test_the_language_is_the_systems(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert language_of_user() == "en"
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert language_of_user() == "ru"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert language_of_user() == "en"


def test_help_loads_nothing_that_takes_long():
    code = "import sys, autograder.cli; print({'torch', 'nbgrader', 'nbformat'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
