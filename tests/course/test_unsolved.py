"""Which cells of a lesson run once more, unsolved: those whose outcome could be another one, and what they need."""

import pytest

from autograder.course.unsolved import touched_by_answers

from .made_notebooks import code, notebook


def cells_run_again(*sources: str) -> list[int]:
    """By their places, in a lesson of these cells; one with a solution is an exercise, one with a check its check."""
    lesson = notebook(*(code(source, *(["check"] if "check." in source else [])) for source in sources))
    touched = touched_by_answers(lesson)
    return [place for place, cell in enumerate(lesson.cells) if cell.id in touched]


EXERCISE = "def half(x):\n    ### BEGIN SOLUTION\n    return x / TWO\n    ### END SOLUTION"
CHECK = "check.equal(answer.half, (4,), wanted)"
SETUP = ["answer, check = notebook()", "wanted = 2", EXERCISE, CHECK]


def test_an_exercise_its_check_and_what_they_need_run_again_and_nothing_else():
    assert cells_run_again(*SETUP, "accuracy = trained()", "plot(accuracy)") == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("more", "again"),
    [
        (["print(half(4))"], [4]),
        (["quarter = lambda x: half(half(x))", "slow = 1", "quarter(8)"], [4, 6]),
        (["size = 4", "print(half(size))"], [4, 5]),
        (["def known(x):\n    return x + LATER", "LATER = 1", "print(half(known(1)))"], [4, 5, 6]),
        (["TWO = 2"], [4]),
        (["slow = 1", "print(globals()['half'](4))"], [4, 5]),
    ],
)
def test_what_reads_the_answer_or_is_read_by_what_does_runs_again(more, again):
    assert cells_run_again(*SETUP, *more) == [0, 1, 2, 3, *again]
