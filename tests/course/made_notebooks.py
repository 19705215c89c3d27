"""Small notebooks for the tests of `autograder.course`."""

from itertools import count

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

_numbers = count()


def notebook(*cells: NotebookNode) -> NotebookNode:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def text(source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source, id=f"text{next(_numbers)}", metadata={"tags": list(tags)})


def code(source: str, *tags: str) -> NotebookNode:
    return new_code_cell(source, id=f"code{next(_numbers)}", metadata={"tags": list(tags)})


def answer_cell(grade_id: str, source: str) -> NotebookNode:
    return new_code_cell(source, id=grade_id, metadata=_nbgrader(grade_id, solution=True))


def checking_cell(grade_id: str, source: str, points: int = 1) -> NotebookNode:
    return new_code_cell(source, id=grade_id, metadata=_nbgrader(grade_id, grade=True, locked=True, points=points))


def written_answer(grade_id: str, source: str, points: int = 2) -> NotebookNode:
    return new_markdown_cell(
        source, id=grade_id, metadata=_nbgrader(grade_id, grade=True, solution=True, points=points)
    )


def _nbgrader(grade_id: str, **fields) -> dict:
    return {"nbgrader": {"grade": False, "solution": False, "locked": False, "task": False,
                         "schema_version": 3, "grade_id": grade_id, **fields}}  # fmt: skip


# The set-up of a course whose checks are as small as can be.
SETUP = """
class NotAnswered(AssertionError):
    pass

class Answer:
    def __getattr__(self, name):
        return globals().get(name)

class Check:
    def equal(self, function, arguments, expected):
        try:
            result = function(*arguments)
        except (NotImplementedError, TypeError):
            raise NotAnswered from None
        assert result == expected

answer, check = Answer(), Check()
"""


DOUBLE = """def double(x):
    ### BEGIN SOLUTION
    twice = x + x
    return twice
    ### END SOLUTION"""
TEST = """check.equal(answer.double, (2,), 4)
### BEGIN HIDDEN TESTS
check.equal(answer.double, (-71,), -142)
### END HIDDEN TESTS"""


# The same with the checks of this course.
REAL_SETUP = "from autograder.checks import notebook\nanswer, check = notebook()\n"
REAL_TEST = """assert answer.double(2) == 4
### BEGIN HIDDEN TESTS
assert answer.double(-71) == -142
### END HIDDEN TESTS"""


def course_notebook(setup: str = SETUP, test: str = TEST) -> NotebookNode:
    """A source notebook that can be released."""
    return notebook(
        text("# Удвоение\n$2x$", "ru"),
        text("# Doubling\n$2x$", "en"),
        code(setup + "language = 'ru'", "ru"),
        code(setup + "language = 'en'", "en"),
        answer_cell("double", DOUBLE),
        checking_cell("test_double", test),
        written_answer("conclusion", "A number and itself make its double."),
    )
