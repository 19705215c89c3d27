"""A lab's own rules where a class is marked: the course's decide, whatever a student hands in beside the notebook."""

import nbformat
import pytest
from lab_rules import RULES, write_rules
from nbgrader.utils import determine_grade

from autograder.grading import Limits, open_course
from autograder.grading.fingerprint import course_fingerprint
from autograder.grading.handed_out import course_notebooks
from autograder.grading.marked import Submission
from autograder.grading.marking import mark_submission
from autograder.grading.rehearsal import rehearse
from autograder.process.warm import Zygote
from grading.small_course import answered, make_course, write

SET_UP = 'import rules\nfrom autograder.checks import notebook\n\nanswer, check = notebook("en")\ncheck.use(rules)'
TEST = "check.gives_even(answer.double, 3)\ncheck.steady(answer.double, 4)"
WRONG = "def double(n):\n    return 2 * n + 1"
GENEROUS = RULES.replace("if not is_number(found) or found % 2:", "if False:").replace("if first != second:", "if False:")


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    write(notebook(), write_rules(root / "source" / "sums") / "sums.ipynb")
    return open_course(root)


def notebook(**answers: str):
    return answered(**{"set-up": SET_UP, "test_double": TEST, "conclusion": "Своими словами."} | answers)


def marked(course, zygote, handed_in, files):
    content = {"sums": nbformat.writes(handed_in).encode()}
    submission = Submission("anna", content, files)
    found = mark_submission(course_notebooks(course.assignment("sums")), submission, zygote, zygote.limits)["sums"]
    return {cell.id: cell for cell in found.notebook.cells}


@pytest.mark.parametrize(
    ("answer", "earned", "said"),
    [
        ("def double(n):\n    return 2 * n", 2, "никем не подтверждено"),
        (WRONG, 0, "✗ Чётность: ожидалось чётное число, получено 7."),
        ("seen = []\ndef double(n):\n    seen.append(n)\n    return 2 * len(seen)", 0, "✗ Постоянство: ожидалось то же"),
    ],
)
@pytest.mark.parametrize(
    "files",
    [{}, {"rules.py": GENEROUS.encode()}, {"rules.py/mine.txt": b"a folder in its place"}],
    ids=["none handed in", "a copy edited", "a folder of that name"],
)
def test_the_courses_rules_decide(course, zygote, answer, earned, said, files):
    cells = marked(course, zygote, notebook(double=answer), files)
    test = cells["test_double"]
    assert determine_grade(test) == (earned, 2)
    assert said in str(test.outputs)
    assert cells["set-up"].outputs == []


def test_without_a_sandbox_a_notebook_finds_its_rules_too(course):
    with Zygote(Limits(), "cold", ("autograder.checks",)) as unsafe:
        cells = marked(course, unsafe, notebook(), {})
    assert cells["set-up"].outputs == []
    assert determine_grade(cells["test_double"]) == (2, 2)


def test_a_process_that_lies_to_an_own_question_is_believed_and_its_word_is_called_that(course, zygote):
    lie = "import rules\nrules.steady.question = lambda function, number: [1, 1]\n"
    answer = "seen = []\ndef double(n):\n    seen.append(n)\n    return 2 * len(seen)"
    test = marked(course, zygote, notebook(double=lie + answer), {})["test_double"]
    assert determine_grade(test) == (2, 2)
    assert "никем не подтверждено" in str(test.outputs)


def test_what_a_question_answers_that_its_rule_can_not_judge_is_left_to_a_person(course, zygote):
    lie = "import rules\nrules.steady.question = lambda function, number: 1\n"
    test = marked(course, zygote, notebook(double=lie + "def double(n):\n    return 2 * n"), {})["test_double"]
    assert [output.ename for output in test.outputs if output.output_type == "error"] == ["CouldNotTell"]


def test_nothing_of_the_rules_stays_in_the_marked_notebook(course, zygote):
    content = {"sums": nbformat.writes(notebook()).encode()}
    notebooks = course_notebooks(course.assignment("sums"))
    found = mark_submission(notebooks, Submission("anna", content, {}), zygote, zygote.limits)["sums"]
    assert set(found.notebook.metadata) == {"kernelspec"}


def test_a_change_of_the_rules_marks_again(course):
    before = course_fingerprint(course.assignment("sums"))
    folder = course.assignment("sums").source
    write_rules(folder, RULES + "\n")
    after = course_fingerprint(course.assignment("sums"))
    assert {part for part in after if after[part] != before[part]} == {"file rules.py"}


@pytest.mark.parametrize(
    ("rules", "said"), [("import nowhere", "No module named 'nowhere'"), ("x = 1", "rules.py has no rule")]
)
def test_rules_that_can_not_be_used_are_the_courses_fault(course, rules, said):
    write_rules(course.assignment("sums").source, rules)
    found = rehearse(course_notebooks(course.assignment("sums")), {"sums": frozenset({"double", "half"})})
    assert [(each.cell, said in each.error) for each in found if each.error] == [("rules.py", True)]
