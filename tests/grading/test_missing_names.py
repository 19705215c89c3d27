"""A test that misses a name says what has become of the cell that was to give it."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.grading.judges import judges, set_judges
from autograder.grading.marked import MarkedNotebook
from autograder.process.warm import Zygote
from grading.small_course import answered, source_notebook
from grading.test_marking import cell, mark, points

INSIDE = "assert half(x) == 1.5"
OUTSIDE = "assert answer.half(x) == 1.5"
SYNTAX = "✗ Cell `half` has a syntax error in line 2: {}.\n  So there is no `half`."


def said(marked: MarkedNotebook) -> str:
    (error,) = cell(marked.notebook, "test_half").outputs
    return error.evalue


def with_test(test: str, notebook: NotebookNode) -> NotebookNode:
    cell(notebook, "test_half").source = test
    set_judges(notebook, judges(notebook))
    return notebook


@pytest.mark.parametrize("test", [INSIDE, OUTSIDE])
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("def half(n):\n    return n / 2)", SYNTAX.format("unmatched ')'")),
        ("def half(n):\n    return 1\n  return 2", "✗ Cell `half` has a syntax error in line 3: "),
        ("import nowhere\ndef half(n):\n    return n / 2", "✗ Cell `half` has stopped with an error: ModuleNotFoundError: No module named 'nowhere'."),
        ("import os\nos._exit(3)", "✗ Cell `half` was stopped: the process ended.\n  So there is no `half`."),
    ],
)  # fmt: skip
def test_a_cell_that_has_stopped_is_told_by_the_test_that_misses_its_name(zygote: Zygote, test, answer, told):
    marked = mark(zygote, with_test(test, source_notebook()), with_test(test, answered(half=answer)))

    assert said(marked).startswith(told)
    assert points(marked) == (2, 0)


@pytest.mark.parametrize(
    ("test", "answer", "told"),
    [
        (INSIDE, "raise NotImplementedError()", "✗ `half` is not answered yet."),
        (OUTSIDE, "raise NotImplementedError()", "✗ `half` is not answered yet."),
        (INSIDE, "def half(n):\n    return m", "name 'm' is not defined"),
        (INSIDE, "half = 1 / 0", "✗ Cell `half` has stopped with an error: ZeroDivisionError: division by zero."),
        (INSIDE, "halve: int = 1\nhalf == 2", "✗ Cell `half` has stopped with an error: NameError: name 'half'"),
        (INSIDE, "def half(n):\n    raise NameError('`half`' * 10)", "`half``half`"),
    ],
)
def test_what_is_missing_for_another_reason_is_told_as_it_was(zygote: Zygote, test, answer, told):
    marked = mark(zygote, with_test(test, source_notebook()), with_test(test, answered(half=answer)))

    assert said(marked).startswith(told)
    assert points(marked) == (2, 0)


def test_a_name_that_another_cell_gives_is_there(zygote: Zygote):
    handed_in = with_test(INSIDE, answered(half="def half(n)\n    return n"))
    handed_in.cells.insert(5, new_code_cell("def half(n):\n    return n / 2", id="own"))

    assert points(mark(zygote, with_test(INSIDE, source_notebook()), handed_in)) == (2, 1)
