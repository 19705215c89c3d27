"""Whose fault an error in a test is: the answer's, which the test refuses, or the grader's, which gives no mark."""

import pytest

from autograder.grading.examiner import execute, namespace_of_tests
from autograder.grading.judged import error_output

ANSWERS = {"rows": [[1, 2], [3, 4]], "triple": lambda n: 3 * n}


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("assert answer.rows == 1", "AssertionError"),
        ("answer.rows.sum()", "AttributeError"),
        ("import numpy as np\nnp.allclose(answer.rows, [1, 2, 3])", "ValueError"),
        ("import json\njson.loads(answer.triple('{'))", "JSONDecodeError"),
        ("check.agrees(answer.triple, lambda n: 2 * n, [(1,)])", "Failure"),
        ("check.agrees(answer.triple, lambda n: n.sum(), [(1,)])", "AttributeError"),
        ("check.agrees(answer.triple, lambda n: 3 * n, [1])", "CouldNotTell"),
        ("rows", "CouldNotTell"),
    ],
)
def test_an_error_of_what_a_test_calls_itself_is_the_answers(test, name):
    with pytest.raises(Exception) as raised:
        execute(test, namespace_of_tests("en", ANSWERS, {}))
    assert error_output(raised.value).ename == name
