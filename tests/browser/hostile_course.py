"""Courses with one student whose notebook attacks whoever looks at it, as they are after marking."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import nbformat
from grading.payloads import MARKDOWN, OUTPUTS
from grading.small_course import answered, bare_environment, by_nbgrader, grade, hand_in, make_course
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from nbgrader.converters import GenerateFeedback

REPOSITORY = Path(__file__).parents[2]
NAMES = ["name of a student", "name of a file"]
ATTACKS = [*(f"markdown: {name}" for name in MARKDOWN), *(f"output: {name}" for name in OUTPUTS), *NAMES]
STUDENT = "mallory"
NOTEBOOK = f"autograded/{STUDENT}/sums/sums.ipynb"


def attack(text: str, name: str, canary: str) -> str:
    """The attack of this name, with what it runs and fetches filled in."""
    number = ATTACKS.index(name)
    return text.replace("RUN", f"ran({number})").replace("SEEN", f"{canary}/{number}.png")


def name_that_runs(name: str) -> str:
    return f"<img src=x onerror=ran({ATTACKS.index(name)})>"


def texts(canary: str) -> list[NotebookNode]:
    cells = [
        new_markdown_cell(attack(text, f"markdown: {name}", canary), id=f"text-{number}")
        for number, (name, text) in enumerate(MARKDOWN.items())
    ]
    return [*cells, new_raw_cell(cells[0].source, id="raw")]


def outputs(canary: str) -> list[dict[str, object]]:
    return [json.loads(attack(json.dumps(data), f"output: {name}", canary)) for name, data in OUTPUTS.items()]


def handed_in(canary: str) -> NotebookNode:
    """A notebook that holds all attacks: in the conclusion, in texts and outputs of the student's own."""
    first = texts(canary)[0].source
    notebook = answered(conclusion=f"In words.\n\n{first}")
    notebook.cells += texts(canary)
    notebook.cells += [
        new_code_cell(f"from IPython.display import display\ndisplay({data!r}, raw=True)", id=f"output-{number}")
        for number, data in enumerate(outputs(canary))
    ]
    size = {"image/png": {"width": "1 onload=ran(0) src=x", "height": 1}}
    notebook.cells.append(
        new_code_cell(f"display({{'image/png': 'AAAA'}}, metadata={size!r}, raw=True)", id="size-of-an-image")
    )
    return notebook


def marked_course(root: Path, canary: str) -> Path:
    """A course with this repository's configuration, marked by `autograder grade`, with feedback.

    Beside the student lies a folder whose name attacks, which is not marked, and a file of such a name.
    """
    student, file = map(name_that_runs, NAMES)
    make_course(root)
    copy(REPOSITORY / "nbgrader_config.py", root)
    hand_in(root, STUDENT, handed_in(canary))
    (root / "submitted" / STUDENT / "sums" / file).write_text("")
    hand_in(root, student, answered())
    code, said = grade(root)
    assert code == 1, said
    by_nbgrader(root, GenerateFeedback, force=True)
    return root


def uncleaned(marked: Path, root: Path, canary: str, configured: bool) -> Path:
    """The same course as it would be without the cleaning, and without the policy of its pages, too, if so wished."""
    copytree(marked, root)
    if not configured:
        make_course(root)
    path = root / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    sources = {cell.id: cell.source for cell in handed_in(canary).cells}
    attacks = {f"output-{number}": data for number, data in enumerate(outputs(canary))}
    for cell in notebook.cells:
        cell.source = sources[cell.id]
        if cell.id in attacks:
            cell.outputs = [new_output("display_data", attacks[cell.id])]
    nbformat.write(notebook, path)
    by_nbgrader(root, GenerateFeedback, force=True)
    return root


def trust(root: Path, home: Path) -> None:
    """Sign the notebook as its reader's own: JupyterLab itself then takes nothing out of it."""
    environment = bare_environment() | {"HOME": str(home), "JUPYTER_DATA_DIR": str(home / "data")}
    subprocess.run(
        [sys.executable, "-m", "jupyter", "trust", NOTEBOOK], cwd=root, env=environment, check=True, capture_output=True
    )
