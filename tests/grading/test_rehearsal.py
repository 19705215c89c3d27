"""What of the course's own cells is a fault before anybody has answered, and what is none."""

import pytest

from autograder.grading.rehearsal import rehearse
from grading.small_course import source_notebook


def errors(cell: str, code: str, answers: frozenset[str] = frozenset({"double", "half"})) -> list[tuple[str, str]]:
    source = source_notebook()
    next(each for each in source.cells if each.id == cell).source = code
    found = rehearse({"sums": {"en": source}}, {"sums": answers})
    return [(each.cell, each.error) for each in found if each.error is not None]


@pytest.mark.parametrize(
    "code",
    [
        "from math import *\nassert answer.half(x) == floor(1.5)",
        "assert answer.half(x) == 1.5\nfrom math import *\nassert floor(2.5) == 2",
        "assert answer.half(x) == 1.5\nexpected: float = 2.5\nassert answer.half(5) == expected",
        "assert answer.half(x) == 1.5\nclass A:\n    y = 1\n    z = y\nassert A.z and __name__",
        "assert answer.half(x) == 1.5\nassert [n for n in range(x) if (lambda m: m + n)(1)]",
        "assert answer.half(x) == 1.5\ntry:\n    1 / 0\nexcept ZeroDivisionError as error:\n    str(error)",
        "result = answer.half(x)\nexec('y = 1')\nassert y",
        "def check_it():\n    global later\n    later = 3\ncheck_it()\nassert answer.half(x) and later",
        "assert half(x) == 1.5",  # it is not decided when it is judged
        "x['double']",  # an error as a wrong answer could cause it
    ],
)
def test_a_test_that_has_only_no_answer_is_no_fault(code):
    assert errors("test_half", code) == []


@pytest.mark.parametrize(
    ("cell", "code", "error"),
    [
        ("given", "x = 1 / 0", "ZeroDivisionError: division by zero"),
        ("given", "x = 3\nassert x == 4, 'four'", "AssertionError: four"),
        ("test_half", "%matplotlib inline\nassert answer.half(x) == 1.5", "NameError: name 'get_ipython' is not defined"),
        ("test_half", "assert answer.half(x) == language", "NameError: name 'language' is not defined"),
        ("test_half", "def f():\n    return [y for n in range(x)]\nassert answer.half(x)", "NameError: name 'y' is not defined"),
        ("test_half", "check.agrees(answer.half, 1.5)\ncheck.halfs(answer.half)", "there is no rule `check.halfs`"),
        ("test_half", "assert answer.half(x) == 1.5\nassert half(x) == z", "NameError: name 'z' is not defined"),
    ],
)  # fmt: skip
def test_what_no_answer_can_mend_is_a_fault(cell, code, error):
    assert errors(cell, code)[0] == (cell, error)


def test_a_course_cell_that_asks_for_an_answer_is_no_fault():
    assert errors("given", "x = 3\ny = answer.double(x)") == []
