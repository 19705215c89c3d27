"""A released notebook that holds anything withheld is found out, wherever it stands."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.course.leaks import leaks, leaks_beside

from .made_notebooks import answer_cell, checking_cell, code, notebook, text, written_answer

SOLUTION = "return size * scale + offset"
SHOWN = "check.equal(answer.grow, (1,), 3)"
HIDDEN = "check.equal(answer.grow, (17,), 35)"
PRINTED = "mean: 0.0868 of 8"
SCHEME = "Two points for naming the border."


def source() -> NotebookNode:
    run = code("print(grow(3))")
    run.outputs, run.execution_count = [new_output("stream", name="stdout", text=PRINTED + "\n")], 4
    return notebook(
        text("Write `grow`: return twice the size.", "en"),
        answer_cell("grow", f"def grow(size):\n    ### BEGIN SOLUTION\n    {SOLUTION}\n    ### END SOLUTION"),
        checking_cell("test_grow", f"{SHOWN}\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"),
        run,
        written_answer("conclusion", SCHEME),
    )


def released() -> NotebookNode:
    return notebook(
        text("Write `grow`: return twice the size.", "en"),
        answer_cell("grow", "def grow(size):\n    # YOUR CODE HERE\n    raise NotImplementedError()"),
        checking_cell("test_grow", SHOWN),
        code("print(grow(3))"),
        written_answer("conclusion", "…"),
    )


def test_what_nbgrader_releases_holds_no_secret():
    assert leaks("r.ipynb", source(), released()) == []


def into_source(book, secret):
    book.cells[0].source += f"\n    {secret}"


def into_cell_metadata(book, secret):
    book.cells[2].metadata["history"] = [{"before": f"def grow(size):\n    {secret}"}]


def into_a_metadata_key(book, secret):
    book.cells[1].metadata[secret] = True


def into_notebook_metadata(book, secret):
    book.metadata["widgets"] = {"state": {"1": secret}}


def into_output(book, secret):
    book.cells[3].outputs = [new_output("stream", name="stdout", text=secret)]


PLACES = [into_source, into_cell_metadata, into_a_metadata_key, into_notebook_metadata, into_output]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("secret", [SOLUTION, HIDDEN, PRINTED, SCHEME])
def test_a_secret_is_found_wherever_it_stands(place, secret):
    book = released()
    place(book, secret)
    assert any(repr(secret) in fault.problem for fault in leaks("r.ipynb", source(), book))


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(PLACES))
def test_any_characters_around_a_secret_do_not_hide_it(before, after, place):
    book = released()
    place(book, before + SOLUTION + after)
    assert leaks("r.ipynb", source(), book)


def test_a_line_that_students_see_elsewhere_is_no_secret():
    hinted = source()
    hinted.cells[0].source += f"\nAlmost the code: `{SOLUTION}`"
    book = released()
    book.cells[0] = deepcopy(hinted.cells[0])
    assert leaks("r.ipynb", hinted, book) == []


@pytest.mark.parametrize(
    "carrier",
    [{"outputs": [new_output("display_data", data={"image/png": "iVBORw0KGgo="})]}, {"execution_count": 4}],
)
def test_an_output_or_execution_count_is_a_fault_whatever_it_shows(carrier):
    book = released()
    book.cells[3].update(carrier)
    (fault,) = leaks("r.ipynb", source(), book)
    assert fault.cell == book.cells[3].id


def test_an_attachment_is_a_fault():
    book = released()
    book.cells[0].attachments = {"answer.png": {"image/png": "iVBORw0KGgo="}}
    (fault,) = leaks("r.ipynb", source(), book)
    assert "attachment" in fault.problem


def test_a_file_beside_the_notebook_is_searched_too():
    assert leaks_beside("notes.txt", source(), b"size, scale, offset") == []
    (fault,) = leaks_beside("notes.txt", source(), b"\xff" + SOLUTION.encode())
    assert fault.file == "notes.txt"
