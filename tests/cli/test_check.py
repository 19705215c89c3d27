"""`autograder check`: what a student reads in the terminal."""

import os
import select
import signal
import subprocess
import sys
from copy import deepcopy

import psutil
import pytest
from click.testing import CliRunner
from grading.small_course import answered, write
from nbformat.v4 import new_code_cell

from autograder.cli import main

# A failure that a notebook shows as its text alone, as the checks' own.
CLEAN_FAILURE = """class Failure(AssertionError):
    def _render_traceback_(self):
        return ["✗ half: expected 1.5, got 1."]

def half(n):
    raise Failure"""


# What stands for the course's own door in notebooks that have no use for its checks: it imports nothing.
QUICK = """class Names:
    def __getattr__(self, name): return globals()[name]

def notebook(language=None): return Names(), None

answer, check = notebook()"""


def test_a_right_notebook(run, tmp_path):
    write(answered(), tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.exit_code == 0
    assert "✓ test_double  2/2\n" in result.output
    assert "Passed 2 of 2 tests: 3 of 3 points." in result.output


def test_a_notebook_in_another_encoding_of_json_is_checked_as_it_is_marked(run, tmp_path):
    path = write(_without_door(answered()), tmp_path / "sums.ipynb")
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert run("check", "sums.ipynb", folder=tmp_path).exit_code == 0


def test_a_wrong_notebook_shows_what_the_notebook_shows_and_is_left_as_it_was(run, tmp_path):
    path = write(answered(half=CLEAN_FAILURE), tmp_path / "sums.ipynb")
    before = path.read_bytes()

    result = run("check", path, folder=tmp_path, language="ru")

    assert result.exit_code == 1
    assert "✗ test_half  0/1\n  ✗ half: expected 1.5, got 1.\n" in result.output
    assert "Пройдено проверок: 1 из 2, баллы: 2 из 3." in result.output
    assert path.read_bytes() == before


@pytest.mark.parametrize(("ends_with", "earned"), [("1.5", 1.5), ("'well done'", 2), ("import sys; print(file=sys.stderr)", 0)])
def test_a_plain_test_earns_what_it_earns_by_nbgrader(run, tmp_path, ends_with, earned):
    write(_without_door(answered(test_double=ends_with)), tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert f"test_double  {earned}/2\n" in result.output
    assert f"{earned + 1:g} of 3 points" in result.output


@pytest.mark.parametrize(("has_door", "ends_with"), [(True, "1.5"), (False, "0")])
def test_a_part_of_the_points_is_no_pass_though_hidden_tests_may_give_the_rest(run, tmp_path, has_door, ends_with):
    notebook = answered(test_double=f"answer.double(x)\n{ends_with}")
    write(_as_released(notebook if has_door else _without_door(notebook)), tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.exit_code == 1
    assert f"✗ test_double  {ends_with}/2 so far: the rest may be for hidden tests\n" in result.output
    assert f"Passed 1 of 2 tests: {float(ends_with) + 1:g} of 3 points." in result.output


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("x = 1", "half: your instructor reads it (3 points)."),
        ("raise NotImplementedError()", "half: not written yet (3 points, marked by hand)."),
    ],
)
def test_code_that_is_marked_by_hand_is_no_test(run, tmp_path, code, told):
    notebook = _without_door(answered("test_half", half=code))
    by_hand = next(cell for cell in notebook.cells if cell.id == "half")
    by_hand.metadata.nbgrader.update(grade=True, points=3)
    write(notebook, tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.exit_code == 0
    assert f"Passed 1 of 1 tests: 2 of 2 points.\n{told}" in result.output


def _without_door(notebook):
    """The notebook with something in the place of the course's own door."""
    for cell in notebook.cells:
        if "autograder" in cell.source:
            cell.source = QUICK
    return notebook


def _as_released(notebook):
    """The notebook without the marks that are taken out where it is handed out."""
    released = deepcopy(notebook)
    for cell in released.cells:
        cell.source = "\n".join(line for line in cell.source.split("\n") if not line.startswith("###"))
    return released


@pytest.mark.parametrize(
    ("set_up", "system", "option", "summary"),
    [
        ('answer, check = notebook(language="ru")', "C.UTF-8", [], "Пройдено проверок: 2 из 2"),
        ("answer, check = notebook('en')", "ru_RU.UTF-8", [], "Passed 2 of 2 tests"),
        ('answer, check = notebook()  # not notebook(language="en")', "ru_RU.UTF-8", [], "Пройдено проверок: 2 из 2"),
        ('answer, check = notebook(language="ru")', "ru_RU.UTF-8", ["--language", "en"], "Passed 2 of 2 tests"),
    ],
)
def test_the_language_is_the_notebooks_or_the_systems(monkeypatch, tmp_path, set_up, system, option, summary):
    monkeypatch.setenv("LC_ALL", system)
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    cells = {"set-up": f"{QUICK}\n{set_up}"}
    path = write(answered(**cells), tmp_path / "sums.ipynb")

    result = CliRunner().invoke(main, [*option, "check", str(path)], env={"COLUMNS": "200"})

    assert result.exit_code == 0
    assert summary in result.output


def test_a_test_that_ends_python_is_lost_alone(run, tmp_path):
    cells = {"set-up": QUICK, "double": "def double(n):\n    import os\n    os._exit(1)"}
    write(answered(**cells), tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.exit_code == 1
    assert "Python ended in cell test_double. The rest runs without it, as in marking." in result.output
    assert "✗ test_double  0/2\n✓ test_half  1/1\nPassed 1 of 2 tests" in result.output


def test_exit_ends_its_cell_alone_as_in_marking(run, tmp_path):
    cells = {"set-up": QUICK, "double": "def double(n):\n    return 2 * n\nexit()"}
    write(answered(**cells), tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.output.startswith("Cell double stopped: SystemExit.\n✓ test_double  2/2\n✓ test_half  1/1\n")


def test_ctrl_c_ends_it_at_once_and_leaves_no_kernel(tmp_path):
    cells = {"set-up": QUICK, "double": "import time\nopen('begun', 'w').close()\ntime.sleep(600)"}
    write(answered(**cells), tmp_path / "sums.ipynb")
    os.mkfifo(tmp_path / "begun")
    command = [sys.executable, "-m", "autograder", "--language", "en", "check", "sums.ipynb"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what runs in the background ignores it
    ) as program:  # fmt: skip
        with open(os.open(tmp_path / "begun", os.O_RDONLY | os.O_NONBLOCK)) as begun:
            select.select([begun, program.stdout], [], [])
        kernels = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(signal.SIGINT)
        said = program.stdout.read()
    assert (program.returncode, "Traceback" in said, said.strip()) == (1, False, "Aborted!")
    assert kernels and not any(each.is_running() and each.status() != "zombie" for each in kernels)


def test_what_a_cell_without_end_defines_does_not_count(run, tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.cli.checking.SECONDS_A_CELL", 5)
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal, where the line with the spinner is seen
    cells = {"set-up": QUICK, "double": "def double(n):\n    return 2 * n\nimport time; time.sleep(600)"}
    write(answered(**cells), tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.exit_code == 1
    assert "Cell double did not finish in 5 s." in result.output
    assert "Running sums.ipynb: cell double …" in result.output
    assert "✗ test_double  0/2" in result.output and "✓ test_half  1/1" in result.output


def test_an_answer_that_raises_and_one_that_is_not_written_are_named(run, tmp_path):
    notebook = answered(double="def double(n)\n    return 2 * n", conclusion="✍ …")
    write(notebook, tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert "Cell double stopped: SyntaxError: expected ':'" in result.output
    assert "conclusion: not written yet (2 points, marked by hand)." in result.output


def test_what_has_no_answer_yet_is_told_by_its_test_alone(run, tmp_path):
    notebook = answered(double="def double(n):\n    raise NotImplementedError()", half="raise NotImplementedError()")
    locked = {"grade": False, "solution": False, "locked": True, "grade_id": "shown", "schema_version": 3, "task": False}
    notebook.cells.append(new_code_cell("half(3)", metadata={"tags": ["demonstration"], "nbgrader": locked}))
    write(notebook, tmp_path / "sums.ipynb")

    result = run("check", "sums.ipynb", folder=tmp_path)

    assert result.output.startswith("✗ test_double  0/2")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "There is no file lab.ipynb."),
        ("{", "its text is not JSON"),
        ('{"cells": "Ответ"}'.encode("cp1251"), "is not in UTF-8"),
        ('{"cells": 3}', "is JSON, but not a notebook"),
        (answered("test_double", "test_half"), "has no test cells"),
        (answered("set-up", test_half="check.half(answer.half)"), "lacks its first cell"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_remedy(run, tmp_path, content, problem):
    if isinstance(content, bytes):
        (tmp_path / "lab.ipynb").write_bytes(content)
    elif content is not None:
        write(content, tmp_path / "lab.ipynb")

    result = run("check", "lab.ipynb", folder=tmp_path)

    assert result.exit_code == 2
    assert problem in result.output
    assert "→ " in result.output
