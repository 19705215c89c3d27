"""docs/write-a-lab.md, followed to the letter: its files written, its cells made, its commands run."""

import json
import re
import runpy
import shlex
from functools import partial
from pathlib import Path

import nbformat
from grading.small_course import warm
from nbformat.v4 import new_code_cell

from autograder.cells.metadata import grade_id
from autograder.course.answers import read_answers
from autograder.course.release import release

PAGE, IN_RUSSIAN = (
    (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8")
    for name in ("write-a-lab.md", "write-a-lab.ru.md")
)
STEP = re.compile(r"(?P<asked>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
FILE = re.compile(r"`([\w./]+)`(, added at its end)?:$")
CELL = re.compile(r"Cell `(\w+)`(?:, (an answer|a test for (\d) points))?:$")
ROW = re.compile(r"^\| (\w+) \| (\d) \| (\d) \| (\d) \| (\d) \|$", re.MULTILINE)
NOTEBOOK = "source/attention/attention.ipynb"
TESTS = ("test_attention_weights", "test_attend", "test_causal_mixer", "test_lookup")


def make_cell(root, name, kind, points, source):
    """Before the summary, as an author does; or in the place of a cell that is there."""
    path = root / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "softmax" not in cell.id]
    made = {"grade_id": name, "grade": points is not None, "solution": kind == "an answer", "locked": points is not None}
    if points:
        made["points"] = int(points)
    if kind:
        metadata = {"nbgrader": {"task": False, "schema_version": 3} | made}
        notebook.cells.insert(-3, new_code_cell(source, id=name.replace("_", "-"), metadata=metadata))
    else:
        next(cell for cell in notebook.cells if grade_id(cell) == name).source = source
    nbformat.write(notebook, path)


def follow(step, root, run):
    """Do what a block of the page asks for."""
    text = step["text"]
    if step["kind"] == "sh":
        for program, *arguments in map(shlex.split, text.splitlines()):
            if program == "python":
                runpy.run_path(str(root / arguments[0]))
            else:
                done = run(*arguments, folder=root)
                assert done.exit_code == 0, done.output
    elif cell := CELL.search(step["asked"]):
        make_cell(root, *cell.groups(), text.rstrip("\n"))
    else:
        name, added = FILE.search(step["asked"]).groups()
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if added else "") + text, encoding="utf-8")


def test_from_an_empty_folder_to_marks(run, tmp_path, monkeypatch):
    # One language is built as the other, archives are proved elsewhere, and a warm process is the same for all.
    monkeypatch.setattr("autograder.course.release.release", partial(release, languages=["en"]))
    monkeypatch.setattr("autograder.course.archive.is_clone", lambda: False)
    monkeypatch.setattr("autograder.cli.grade.warm_process", lambda *_limits, **_where: warm().client())
    steps = list(STEP.finditer(PAGE))
    assert len(steps) == PAGE.count("```") / 2
    for step in steps:
        follow(step, tmp_path, run)

    students = json.loads(run("grade", "attention", "--json", folder=tmp_path).stdout)
    marks = {each["student"]: {mark["check"]: mark["points"] for mark in each["marks"]} for each in students}
    assert marks == {name: dict(zip(TESTS, map(float, points), strict=True)) for name, *points in ROW.findall(PAGE)}
    lost = {name: {test for test, points in each.items() if not points} for name, each in marks.items()}
    answers = {path.stem: read_answers(path.read_text(encoding="utf-8")) for path in tmp_path.glob("answers/*.py")}
    assert lost == {name: set(each.loses) for name, each in answers.items()}
    told = (tmp_path / "autograded/no_mask/attention/attention.ipynb").read_text(encoding="utf-8")
    assert re.search(r'"(Looking back: .*?)"', " ".join(PAGE.split()))[1] in told


def test_both_pages_have_the_same_files_cells_commands_and_marks():
    def asked(page):
        return [(re.findall(r"`.+?`|\d", step["asked"]), step["text"]) for step in STEP.finditer(page)]

    assert asked(PAGE) == asked(IN_RUSSIAN)
    assert ROW.findall(PAGE) == ROW.findall(IN_RUSSIAN) != []
