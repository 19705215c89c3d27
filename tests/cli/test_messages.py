"""The command line in its two languages."""

import json
import pickle
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po
from click.testing import CliRunner
from rich.console import Console

from autograder import attention, classroom, cli, course
from autograder.attention import ATTENTION
from autograder.checks.losses import LOSSES
from autograder.checks.messages import Message
from autograder.cli import help
from autograder.cli.faults import FAULTS, say_fault
from autograder.cli.terminal import Terminal, language_of_user, message
from autograder.kinds import FaultKind, LossKind, OddityKind

METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = dict.fromkeys(("message", "say", "N_", "_"), (1,))


def test_the_russian_catalogue_is_complete_and_holds_nothing_else():
    with (Path(cli.__file__).parent / "locale/ru/LC_MESSAGES/cli.po").open("rb") as file:
        catalogue = {entry.id: entry.string for entry in read_po(file, locale="ru") if entry.id}
    rooms = [Path(room.__file__).parent for room in (classroom, cli, course)]
    written = {found[2] for room in rooms for found in extract_from_dir(room, METHODS, keywords=KEYWORDS)}
    written |= {found[1] for found in extract_from_file("python", attention.__file__, keywords=KEYWORDS)}

    assert set(catalogue) == written
    for english, russian in catalogue.items():
        assert russian
        assert _names(english) == _names(russian), english


def test_each_text_of_the_help_has_its_russian_and_there_is_no_other():
    with (Path(cli.__file__).parent / "locale/ru/LC_MESSAGES/help.po").open("rb") as file:
        catalogue = {entry.id: entry.string for entry in read_po(file, locale="ru") if entry.id}
    context = help.Context(cli.main, info_name="autograder")
    of_click = {found[1] for module in help.SPEAKING for found in extract_from_file("python", module.__file__)}

    own = {*help.texts(cli.main, context), help.USAGE, help.OPTIONS, help.COMMANDS}
    assert own <= set(catalogue) <= own | of_click | {"required"}  # which click asks for by the name of a variable
    assert all(all(russian) for russian in catalogue.values())


@pytest.mark.parametrize(
    ("typed", "russian", "english"),
    [
        (["grade"], "Ошибка: не указано 'ЗАДАНИЕ'.", "Error: Missing argument 'ASSIGNMENT'."),
        (["grad"], "Ошибка: команды 'grad' нет. Может быть, 'grade'?", "Did you mean 'grade'?"),
        (["grade", "--job"], "Ошибка: параметра '--job' нет. Может быть, одно из этих: '--jobs', '--json'?", "No such option '--job'."),
        (["grade", "--jobs"], "Ошибка: у параметра '--jobs' должно быть значение.", "requires an argument."),
        (["grade", "--jobs", "two", "a"], "Ошибка: неверное значение '--jobs': 'two' не число.", "not a valid integer"),
        (["grade", "--jobs", "0", "a"], "'--jobs': 0 вне границ: x>=1.", "0 is not in the range x>=1."),
        (["grade", "a", "b"], "Ошибка: лишнее слово: b", "Got unexpected extra argument (b)"),
        (["export", "a", "--to", "paper"], "вместо 'paper' годится одно из этих: 'moodle'", "'paper' is not one of"),
    ],
)
def test_wrong_usage_is_told_in_the_readers_language(typed, russian, english):
    for language, said in (("ru", russian), ("en", english)):
        result = CliRunner().invoke(cli.main, ["--language", language, *typed])
        assert result.exit_code == 2
        assert said in result.output
        assert (("Ошибка: " in result.output), ("Error: " in result.output)) == (language == "ru", language == "en")


@pytest.mark.parametrize("command", [(), *((name,) for name in cli.main.commands)])
def test_help_is_in_the_readers_language_and_fits_a_terminal(command, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    said = {}
    for language in ("ru", "en", ""):
        chosen = ("--language", language) if language else ()
        result = CliRunner().invoke(cli.main, [*chosen, *command, "--help"], env={"COLUMNS": "80"})
        assert result.exit_code == 0
        assert all(len(line) <= 80 for line in result.output.splitlines())
        said[language] = result.output
    assert said["ru"] == said[""]
    for word in ("Usage", "OPTIONS", "Options", "Show this message", "Run it in the course folder", "ASSIGNMENT"):
        assert word not in said["ru"]
    assert "Usage: " in said["en"] and "Show this message and exit." in said["en"]


@pytest.mark.parametrize("kind", FaultKind)
def test_each_fault_and_its_remedy_is_told_in_both_languages(kind):
    assert all(_is_told_in_both_languages(message(template)) for template in FAULTS[kind])


def test_an_error_with_a_full_stop_gets_no_second_one(capsys):
    details = {"file": "gradebook.db", "error": "the disk image is corrupted."}
    say_fault(Terminal(Console(width=200), "en"), FaultKind.BAD_GRADEBOOK, details)
    assert "can't be used: the disk image is corrupted.\n" in capsys.readouterr().out


@pytest.mark.parametrize("kind", [*LossKind, *OddityKind])
def test_each_thing_to_look_at_is_told_in_both_languages(kind):
    assert _is_told_in_both_languages(ATTENTION[kind])


@pytest.mark.parametrize("kind", LossKind)
def test_a_notebook_says_in_both_languages_why_a_cell_was_stopped(kind):
    assert _is_told_in_both_languages(LOSSES[kind])


@pytest.mark.parametrize("kind", [*FaultKind, *LossKind, *OddityKind])
def test_a_kind_is_a_plain_string_to_other_programs(kind):
    assert json.loads(json.dumps(kind)) == kind.value == str(kind)
    assert pickle.loads(pickle.dumps(kind)) is kind


def _is_told_in_both_languages(told: Message) -> bool:
    values = dict.fromkeys(_names(told.template), "x")
    russian, english = (Terminal(Console(), language).text(told.filled(**values)) for language in ("ru", "en"))
    return bool(english) and russian != english


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
