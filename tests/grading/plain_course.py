"""A course that has never heard of this package: plain tests, old formats, data files, several notebooks."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}
TABLE = "3\n4\n5\n"

PARTIAL = """
score = 0
for n in (0, 1, 2):
    if cube(n) == n ** 3:
        score += 1
### BEGIN HIDDEN TESTS
if cube(-2) == -8:
    score += 1
### END HIDDEN TESTS
score"""


def make_plain_course(root: Path) -> Path:
    """The course folder: of `numbers` one notebook has tests and no cell ids, another is marked by hand alone."""
    folder = root / "source" / "numbers"
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text(TABLE)
    (folder / "helper.py").write_text("def numbers():\n    return map(int, open('data.csv'))\n")
    (folder / "tested.ipynb").write_text(as_old(notebook_with_tests()))
    (folder / "written.ipynb").write_text(nbformat.writes(written_notebook()))
    (root / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "plain"\n'
        'c.IgnorePattern.enabled = True\nc.IgnorePattern.pattern = "never mind"\n'
    )
    return root


def notebook_with_tests() -> NotebookNode:
    return new_notebook(
        metadata={"kernelspec": PYTHON},
        cells=[
            new_markdown_cell("# Numbers"),
            new_code_cell("import statistics\nimport warnings\nimport helper\ncalls = []"),
            new_code_cell("calls.append('counted once')"),
            solution("square", "def square(n):\n    ### BEGIN SOLUTION\n    return n * n\n    ### END SOLUTION"),
            new_code_cell("square(3)"),
            graded("test_square", "assert square(3) == 9\n###BEGIN HIDDEN TESTS\nassert square(-4) == 16\n###END HIDDEN TESTS\nassert square(0) == 0"),
            graded("test_gives_a_name", "ninth = square(9)\nassert ninth == 81"),
            new_code_cell("later = ninth + len(calls)"),
            graded("test_later", "assert later == 82 and calls == ['counted once']", points=1),
            solution("cube", "###BEGIN SOLUTION\ndef cube(n):\n    return n ** 3\n###END SOLUTION"),
            graded("test_cube", PARTIAL.strip(), points=4),
            solution("mean", "def mean():\n    ### BEGIN SOLUTION\n    return statistics.mean(helper.numbers())\n    ### END SOLUTION"),
            graded("test_mean", "assert mean() == 4"),
            graded("test_module", "%time\nassert statistics.mean([1, 3]) == 2; square(1);", points=0.5),
            solution("by_hand", "statistics.mean([3])\n### BEGIN SOLUTION\ncube(2)\n### END SOLUTION", grade=True, points=3),
        ],
    )  # fmt: skip


def written_notebook() -> NotebookNode:
    return new_notebook(
        metadata={"kernelspec": PYTHON},
        cells=[
            new_markdown_cell("In words.", id="words", metadata=flags("words", grade=True, solution=True, points=2)),
            new_markdown_cell("Make a plot.", id="task", metadata=flags("task", task=True, locked=True, points=1)),
        ],
    )


def solution(name: str, source: str, **more: Any) -> NotebookNode:
    return new_code_cell(source, metadata=flags(name, solution=True, **more))


def graded(name: str, source: str, points: float = 2) -> NotebookNode:
    return new_code_cell(source, metadata=flags(name, grade=True, locked=True, points=points))


def flags(name: str, **fields: Any) -> dict[str, Any]:
    nothing = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": nothing | {"grade_id": name} | fields}


def as_old(notebook: NotebookNode) -> str:
    """The notebook in a format that has no ids of cells."""
    written = json.loads(json.dumps(notebook))
    for cell in written["cells"]:
        cell.pop("id", None)
    return json.dumps(written | {"nbformat_minor": 0})


def hand_in(
    root: Path, student: str, answers: dict[str, str], own: Sequence[str] = (), last: str = "", all_of_it: bool = True
) -> None:
    """What was released, with these answers, and with cells of the student's own at its beginning and end."""
    released, folder = root / "release" / "numbers", root / "submitted" / student / "numbers"
    folder.mkdir(parents=True)
    notebook = nbformat.read(released / "tested.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    notebook.cells[1:1] = [new_code_cell(source) for source in own]
    notebook.cells.append(new_code_cell(last))
    (folder / "tested.ipynb").write_text(as_old(notebook))
    (folder / "data.csv").write_text("1\n")
    (folder / "helper.py").write_text("def numbers():\n    return [1]\n")
    if all_of_it:
        (folder / "written.ipynb").write_bytes((released / "written.ipynb").read_bytes())


def reference() -> dict[str, str]:
    """The answers of the source, as a student would have them."""
    cells = [cell for cell in notebook_with_tests().cells if cell.metadata.get("nbgrader", {}).get("solution")]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in cells}
