"""The command line as the tests call it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `autograder ARGUMENTS` in a folder, on a wide terminal, in English."""
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")

    def run(*arguments: str | Path, folder: Path, language: str = "en", columns: int = 200) -> Result:
        monkeypatch.chdir(folder)
        environment = {"COLUMNS": str(columns)}
        return CliRunner().invoke(main, ["--language", language, *map(str, arguments)], env=environment)

    return run
