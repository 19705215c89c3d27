"""Answer files and the submissions made of them."""

import pytest

from autograder.course.answers import AnswerFile, AnswerFileError, read_answers, submission

from .made_notebooks import answer_cell, course_notebook, notebook, written_answer

WRONG = """# Adds one
# instead of doubling.
# loses: test_double

# %% double
def double(x):

    return x + 1

# %% conclusion
Nothing to say.
"""


def test_an_answer_file_says_what_was_done_what_it_loses_and_the_cells():
    answers = read_answers(WRONG, "wrong/plus_one.py")
    assert answers.summary == "Adds one instead of doubling."
    assert answers.loses == ("test_double",)
    assert answers.cells == {
        "double": "def double(x):\n\n    return x + 1",
        "conclusion": "Nothing to say.",
    }


def test_a_right_answer_loses_nothing():
    answers = read_answers("# Adds: x to x.\n# %% double\ndouble = 3")
    assert answers.loses == answers.undecided == answers.unearned == ()


def test_an_answer_file_says_what_is_left_to_a_person():
    answers = read_answers("# Adds x\n# to x.\n# undecided: test_triple\n# loses: test_double\n# %% double\n1")
    assert answers.summary == "Adds x to x."
    assert (answers.loses, answers.undecided) == (("test_double",), ("test_triple",))
    assert answers.unearned == ("test_double", "test_triple")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "One sentence"),
        ("# %% double\n1", "One sentence"),
        ("# loses: test_double\n# %% double\n1", "One sentence"),
        ("# undecided: test_double\n# %% double\n1", "One sentence"),
        ("# Adds one.\n# loses: test_double\n# loses: test_double\n# %% double\n1", "loses"),
        ("# Adds one.\n# loses: test_double\n# undecided: test_double\n# %% double\n1", "lost and undecided"),
        ("# Adds one.\n# looses: test_double\n# %% double\n1", "looses"),
        ("# Adds one.\nimport torch\n# %% double\n1", "import torch"),
        ("# Adds one.\n# %% double\n1\n# %% double\n2", "twice"),
    ],
)
def test_a_file_that_can_not_be_read_is_named_with_the_remedy(text, said):
    with pytest.raises(AnswerFileError, match=said) as raised:
        read_answers(text, "wrong/plus_one.py")
    assert str(raised.value).startswith("wrong/plus_one.py: ")


def released():
    return notebook(
        answer_cell("double", "def double(x):\n    raise NotImplementedError()"), written_answer("conclusion", "…")
    )


def test_a_submission_holds_the_answers_given_and_the_reference_for_the_rest():
    filled = submission(released(), course_notebook(), AnswerFile(cells={"conclusion": "Mine."}))
    assert [cell.source for cell in filled.cells] == ["def double(x):\n    twice = x + x\n    return twice", "Mine."]
    assert filled.cells[0].metadata == released().cells[0].metadata


def test_a_submission_leaves_the_released_notebook_as_it_was():
    blank = released()
    submission(blank, course_notebook(), AnswerFile())
    assert blank.cells[0].source == released().cells[0].source


@pytest.mark.parametrize(
    "answers",
    [
        AnswerFile(cells={"dubble": "1"}, name="a.py"),
        AnswerFile(loses=("double",), name="a.py"),
        AnswerFile(undecided=("double",), name="a.py"),
    ],
)
def test_an_unknown_cell_is_named_with_those_there_are(answers):
    with pytest.raises(AnswerFileError, match="a.py: .*(dubble|double).*Known: .*double"):
        submission(released(), course_notebook(), answers)
