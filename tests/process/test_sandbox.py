"""What of this machine the sandbox shows to a student's process."""

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.process.limits import Limits
from autograder.process.sandbox import python_folders
from autograder.process.student import StudentProcess
from autograder.process.warm import Zygote


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of modules, on Python's path by a `.pth` file among the packages."""
    tools, packages, elsewhere = (tmp_path / name for name in ("labs-tools", "site-packages", "elsewhere"))
    for folder in (tools, packages, elsewhere):
        folder.mkdir()
    (tools / "labtools.py").write_text("x = 3")
    (packages / "labs.pth").write_text(f"# tools of the lab\nimport sys\n{tools}\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages), str(tools)])
    monkeypatch.chdir(elsewhere)
    return tools


def test_a_folder_that_a_pth_file_names_is_there_whatever_it_is_called(tools):
    assert tools in python_folders()
    limits = Limits()
    with Zygote(limits) as zygote, StudentProcess(zygote, limits) as student:
        (shown,) = student.run(f"print(open({str(tools / 'labtools.py')!r}).read())")
    assert shown["text"] == "x = 3\n"


def test_a_folder_that_is_on_the_path_for_another_reason_is_not(tools, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(tools.parent / "elsewhere")])
    assert tools.parent / "elsewhere" not in python_folders()


@pytest.mark.parametrize("working_in", ["", "source"])
def test_a_course_is_not_shown_even_where_a_pth_file_names_its_folder(tools, monkeypatch, working_in):
    (tools / "source").mkdir()
    monkeypatch.chdir(tools / working_in)
    assert not any(tools.is_relative_to(folder) for folder in python_folders())


def test_a_folder_that_holds_a_course_is_not_shown_to_anyone_who_works_elsewhere(tools):
    (tools / "nbgrader_config.py").touch()
    assert tools not in python_folders()


def test_a_process_has_the_same_descriptors_however_many_others_there_are():
    listing = "import os; print(sorted(map(int, os.listdir('/proc/self/fd'))))"
    limits = Limits()
    with ExitStack() as ended:
        zygote = ended.enter_context(Zygote(limits))
        students = [ended.enter_context(StudentProcess(zygote, limits)) for _ in range(5)]
        assert len({student.run(listing)[0]["text"] for student in students}) == 1
