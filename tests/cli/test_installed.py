"""The package as pip installs it from its wheel, without the repository around it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from grading.small_course import answered, bare_environment, hand_in, make_course, write

from autograder.cli.doctor import LAYERS
from autograder.course.archive import build_wheel

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `autograder ARGUMENTS` of the wheel in a folder: the exit code and what it says."""
    packages = tmp_path_factory.mktemp("packages")
    with ZipFile(build_wheel(tmp_path_factory.mktemp("built"))) as wheel:
        wheel.extractall(packages)

    def run(*arguments: str, folder: Path) -> tuple[int, str]:
        # -P: or the folder it runs in would come first.
        command = [sys.executable, "-P", "-m", "autograder", "--language", "en", *arguments]
        environment = bare_environment() | {"PYTHONPATH": os.fspath(packages)}
        done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True)  # fmt: skip
        return done.returncode, done.stdout.replace(os.fspath(packages), "PACKAGES")

    return run


def test_the_machine_is_looked_at_and_a_class_marked_by_what_the_wheel_holds(installed, tmp_path):
    course = make_course(tmp_path)
    hand_in(course, "anna", answered())

    code, said = installed("doctor", folder=tmp_path)
    assert code == 0, said
    for line in ("[ OK ] Python 3.", "[ OK ] autograder is imported from PACKAGES/autograder\n", "[ OK ] torch 2.",
                 "[ OK ] nbgrader 0.9.", "[ OK ] the kernel python3 starts in ",
                 *(f"[ OK ] {layer}" for layer in LAYERS.values())):  # fmt: skip
        assert line in said
    code, said = installed("grade", "sums", folder=course)
    assert code == 0, said
    assert "3/3" in said


def test_a_notebook_is_checked(installed, tmp_path):
    write(answered(), tmp_path / "sums.ipynb")
    code, said = installed("check", "sums.ipynb", folder=tmp_path)
    assert (code, "3 of 3 points" in said) == (0, True), said


def test_the_demo_runs_in_a_clone_and_says_so_elsewhere(installed, tmp_path):
    code, said = installed("demo", folder=tmp_path)
    assert code == 2
    assert "Clone the repository" in said and "run `autograder demo` anywhere in it" in said
    (tmp_path / "full").touch()
    code, said = installed("demo", "--keep", os.fspath(tmp_path), folder=Path(__file__).parent)
    assert (code, "is not empty" in said) == (2, True), said  # it has found the course, and looks where to put it
