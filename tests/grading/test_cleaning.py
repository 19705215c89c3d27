"""A marked notebook holds nothing active, whatever cell or output it was in; answers stay as they were."""

from pathlib import Path
from shutil import copy

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.converters import Autograde

from autograder.checks.messages import ACTIVE_OUTPUT, ACTIVE_TEXT
from autograder.grading.cleaning import cleaned
from grading.payloads import OUTPUTS
from grading.small_course import answered, by_nbgrader, grade, hand_in, make_course

REPOSITORY = Path(__file__).parents[2]
ATTACK = "<img src=x onerror=alert(1)>"
PNG = "iVBORw0KGgo="
COURSE = new_notebook(cells=[new_markdown_cell("<details>The course's own.</details>", id="own")])


def clean(*cells: NotebookNode) -> tuple[list[NotebookNode], tuple[str, ...]]:
    found = cleaned(new_notebook(cells=list(cells)), COURSE, "en")
    return found.notebook.cells, found.cells


def showing(data: dict, metadata: dict | None = None) -> NotebookNode:
    return new_code_cell("show()", id="shows", outputs=[new_output("display_data", data, metadata=metadata or {})])


@pytest.mark.parametrize("name", OUTPUTS)
def test_of_outputs_only_what_a_browser_does_not_run_is_left(name):
    (cell,), told = clean(showing(OUTPUTS[name]))
    shown = {kind: data for output in cell.outputs for kind, data in output.get("data", {}).items()}
    assert shown.keys() <= {"text/html", "text/markdown", "text/latex"}
    page = shown.get("text/html", "") + shown.get("text/markdown", "")
    assert not any(active in page for active in ("<script", "<img src=x", 'onerror="', "url(", "]("))
    assert r"\href" not in str(shown)
    if name == "svg":
        assert shown["text/html"].startswith('<img src="data:image/svg+xml;base64,') and told == ()
    else:
        assert told == ("shows",) and ACTIVE_OUTPUT.text("en") in cell.outputs[-1].text


def test_honest_outputs_stay_as_they_are():
    table = '<table border="1"><tbody><tr><td style="text-align:right">1</td></tr></tbody></table>'
    data = {"text/plain": "1 < 2", "text/html": table, "image/png": PNG, "text/latex": r"$\frac{1}{2}$"}
    given = [showing(data, {"image/png": {"width": 300, "height": 200.5}})]
    given[0].outputs += [
        new_output("stream", text=ATTACK),
        new_output("error", ename="E", evalue=ATTACK, traceback=[ATTACK]),
    ]
    assert clean(*given) == (given, ())


def test_of_what_an_output_says_of_itself_sizes_are_left():
    size = {"width": "1 onload=alert(1)", "height": 2, "alt": "x"}
    said = {"image/png": size, "filenames": {"image/png": "http://evil.org/x.png"}, "text/html": {"isolated": True}}
    (cell,), _told = clean(showing({"image/png": PNG, "text/html": "<b>x</b>"}, said))
    assert cell.outputs[0].metadata == {"image/png": {"height": 2}}


def test_texts_of_students_are_cleaned_and_code_and_texts_of_the_course_are_not():
    own = COURSE.cells[0].copy()
    given = [
        own,
        new_markdown_cell(ATTACK, id="text"),
        new_raw_cell(ATTACK, id="raw"),
        new_code_cell(ATTACK, id="code"),
    ]
    cells, told = clean(*given)
    assert [cell.source == before.source for cell, before in zip(cells, given, strict=True)] == [
        True,
        False,
        False,
        True,
    ]
    assert told == ("text", "raw")
    assert cells[1].source.startswith(f"> ⚠ *{ACTIVE_TEXT.text('en')}*\n\n") and ATTACK not in cells[1].source


def test_of_attachments_pictures_are_left():
    text = new_markdown_cell("![a](attachment:a.png) ![b](attachment:b.png)", id="text")
    text.attachments = {"a.png": {"image/png": PNG, "text/html": ATTACK}, "b.png": {"image/svg+xml": "AAAA"}, "<c>": {}}
    (cell,), _told = clean(text)
    assert cell.attachments == {"a.png": {"image/png": PNG}}
    assert cell.source.startswith("![a](attachment:a.png) ") and "![b]" not in cell.source


def test_both_roads_write_the_same_clean_notebook(tmp_path):
    root = make_course(tmp_path)
    copy(REPOSITORY / "nbgrader_config.py", root)
    notebook = answered(conclusion=ATTACK)
    show = f"from IPython.display import HTML\nHTML({ATTACK!r})"
    notebook.cells += [new_markdown_cell(ATTACK, id="text"), new_code_cell(show, id="shows")]
    written = root / "autograded" / "anna" / "sums" / "sums.ipynb"

    hand_in(root, "anna", notebook)
    code, said = grade(root)
    ours = nbformat.read(written, as_version=4)
    by_nbgrader(root, Autograde, force=True)
    theirs = nbformat.read(written, as_version=4)

    def shown(notebook: NotebookNode) -> list[tuple]:
        return [(cell.id, cell.source, cell.get("outputs")) for cell in notebook.cells]

    assert code == 0
    assert all(f"anna, cell {name}: held something" in said for name in ("conclusion", "#8", "#9"))
    assert shown(ours) == shown(theirs)
    assert all(ATTACK not in cell.source for cell in ours.cells if cell.cell_type == "markdown")
    assert "onerror" not in str(ours.cells[-1].outputs)


def test_a_folder_whose_name_would_be_a_part_of_the_page_is_refused(tmp_path):
    root = make_course(tmp_path)
    hand_in(root, '"><img src=x onerror=alert(1)>', answered())
    code, said = grade(root)
    assert code == 1 and "Rename the folder" in said
