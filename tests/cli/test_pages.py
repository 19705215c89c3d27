"""The pages for people name commands that there are: the command line parses each line, and runs none."""

import re
import shlex
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderApp

from autograder.cli import main

REPOSITORY = Path(__file__).parents[2]
GUIDE, GUIDE_IN_RUSSIAN = "docs/instructor.md", "docs/instructor.ru.md"
TYPED = re.compile(r"^ {4,}(?:\S*bin/)?(?:python -m )?(autograder|nbgrader) (.*)$", re.MULTILINE)
IS_FILE = re.compile(r"^downloads/|\.(csv|zip|ipynb)$")


def typed(page: str, program: str) -> list[list[str]]:
    """The arguments of each line that is to be typed."""
    found = TYPED.findall((REPOSITORY / page).read_text(encoding="utf-8"))
    return [shlex.split(arguments) for name, arguments in found if name == program]


@pytest.mark.parametrize("page", [GUIDE, GUIDE_IN_RUSSIAN, "README.ru.md"])
def test_each_command_is_one_and_takes_these_arguments(page, run, tmp_path, monkeypatch):
    for command in main.commands.values():
        monkeypatch.setattr(command, "callback", lambda **arguments: None)
    lines = typed(page, "autograder")

    assert lines
    for words in lines:
        for file in (tmp_path / word for word in words if IS_FILE.search(word)):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        done = run(*words, folder=tmp_path)
        assert done.exit_code == 0, f"{page}: {words}: {done.output}"


def test_the_guide_shows_every_command_that_an_instructor_needs():
    assert {words[0] for words in typed(GUIDE, "autograder")} == set(main.commands) - {"check", "demo", "new"}
    assert {words[0] for words in typed(GUIDE, "nbgrader")} <= set(NbGraderApp.subcommands)


def test_both_guides_take_the_same_steps():
    assert _commands(GUIDE) == _commands(GUIDE_IN_RUSSIAN)


def _commands(page: str) -> list[list[str]]:
    """Commands and options, without what is named differently in another language."""
    return [
        [word for word in words if not IS_FILE.search(word) and "Variant" not in word]
        for program in ("autograder", "nbgrader")
        for words in typed(page, program)
    ]
