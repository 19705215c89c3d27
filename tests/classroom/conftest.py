"""A small course to collect into, and the command line."""

from pathlib import Path

import pytest
from cli.conftest import run  # noqa: F401  (a fixture)
from grading.small_course import make_course

from autograder.grading import Course, open_course


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    return open_course(make_course(tmp_path / "course"))
