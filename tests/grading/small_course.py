"""A course of one small assignment, `sums`, and what students hand in."""

import atexit
import json
import os
from collections.abc import Sequence
from contextlib import chdir, nullcontext
from functools import cache
from pathlib import Path
from unittest.mock import patch

import nbformat
from click.testing import CliRunner
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters.base import BaseConverter

from autograder.cli import main
from autograder.grading import open_course
from autograder.grading.gradebook import run_step
from autograder.process.limits import Limits
from autograder.process.warm import Zygote

BY_NBGRADER = """
c.Autograde.sanitize_preprocessors = ["autograder.grading.preprocessors.MarkOutside"]
c.Autograde.autograde_preprocessors = [
    "autograder.grading.preprocessors.SaveMarks", "nbgrader.preprocessors.AssignLatePenalties"
]
"""
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def make_course(root: Path) -> Path:
    """The course folder with its source and configuration."""
    write(source_notebook(), root / "source" / "sums" / "sums.ipynb")
    (root / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "small"\n')
    return root


def source_notebook() -> NotebookNode:
    cells = [
        new_code_cell('from autograder.checks import notebook\n\nanswer, check = notebook("en")', id="set-up"),
        _code("given", "x = 3", tags=["course"], locked=True),
        _code("double", "### BEGIN SOLUTION\ndef double(n):\n    return 2 * n\n### END SOLUTION", solution=True),
        _code(
            "test_double",
            _test("answer.double(x) == 6", hidden="answer.double(5) == 10"),
            grade=True,
            locked=True,
            points=2,
        ),
        _code("half", "### BEGIN SOLUTION\ndef half(n):\n    return n / 2\n### END SOLUTION", solution=True),
        _code(
            "test_half",
            _test("answer.half(x) == 1.5", hidden="answer.half(5) == 2.5"),
            grade=True,
            locked=True,
            points=1,
        ),
        new_markdown_cell(
            "In words.", id="conclusion", metadata=_nbgrader("conclusion", grade=True, solution=True, points=2)
        ),
    ]
    return new_notebook(metadata={"kernelspec": KERNEL}, cells=cells)


def answered(*deleted: str, **answers: str) -> NotebookNode:
    """The notebook as a student hands it in: the reference's answers, but for those given and the cells deleted."""
    notebook = source_notebook()
    notebook.cells = [cell for cell in notebook.cells if cell.id not in deleted]
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    return notebook


def without_ids(notebook: NotebookNode) -> str:
    """The notebook as a program writes it that does not know of cell ids."""
    for cell in notebook.cells:
        del cell["id"]
    return json.dumps(notebook)


def hand_in(root: Path, student: str, content: NotebookNode | str, name: str = "sums.ipynb") -> Path:
    """Put a notebook, or text, where a student's submission to `sums` belongs."""
    return write(content, root / "submitted" / student / "sums" / name)


def write(content: NotebookNode | str, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else nbformat.writes(content), encoding="utf-8")
    return path


def bare_environment() -> dict[str, str]:
    """This environment as it is when the virtual one is not activated, without the user's own settings of Jupyter."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return environment | {"PATH": "/usr/bin:/bin", "JUPYTER_NO_CONFIG": "1", "COLUMNS": "200", "LC_ALL": "C.UTF-8"}


def grade(
    course: Path, *options: str, assignment: str = "sums", language: str = "en", columns: int = 200
) -> tuple[int, str]:
    """The exit code of `autograder grade ASSIGNMENT` in the course folder, and what it shows on the terminal.

    Within limits as they are, it has the warm process of all tests; to start one takes longer than to mark.
    """
    own_limits = any(option.endswith("timeout") for option in options)
    with (
        chdir(course),
        patch.dict(os.environ, {"JUPYTER_NO_CONFIG": "1"}),
        nullcontext() if own_limits else patch("autograder.cli.grade.warm_process", lambda *_limits, **_where: warm().client()),
    ):
        arguments = ["--language", language, "grade", assignment, *options]
        done = CliRunner(catch_exceptions=False).invoke(main, arguments, env={"COLUMNS": str(columns)})
    return done.exit_code, done.output


def by_nbgrader(root: Path, step: type[BaseConverter], assignment: str = "sums", **options: bool) -> None:
    """A step of nbgrader's own, as its command does it, in this process."""
    with chdir(root), patch.dict(os.environ, {"JUPYTER_NO_CONFIG": "1"}):
        course = open_course(root)
        error = run_step(step(coursedir=course.directory(assignment_id=assignment), config=course.config, **options))
    assert error is None, error


@cache
def warm() -> Zygote:
    """A warm process for all tests: what one notebook does in its fork reaches no other."""
    zygote = Zygote(Limits(), modules=("autograder.checks",))
    zygote.start()
    atexit.register(zygote.close)
    return zygote


def _test(visible: str, hidden: str) -> str:
    return f"assert {visible}\n### BEGIN HIDDEN TESTS\nassert {hidden}\n### END HIDDEN TESTS"


def _code(name: str, source: str, tags: Sequence[str] = (), **fields: object) -> NotebookNode:
    metadata = _nbgrader(name, **fields) | ({"tags": list(tags)} if tags else {})
    return new_code_cell(source, id=name, metadata=metadata)


def _nbgrader(name: str, grade: bool = False, **fields: object) -> dict:
    nothing = {"solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": nothing | {"grade_id": name, "grade": grade} | fields}
