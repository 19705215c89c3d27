"""The examiner gives every answer of the corpus the verdict that the student's own notebook gives."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade

from autograder.course.answers import read_answers, submission
from autograder.grading import Limits, open_course
from autograder.grading.course import course_notebooks
from autograder.grading.examiner import could_not_tell
from autograder.grading.marking import Submission, mark_submission
from autograder.process.warm import Zygote

REPOSITORY = Path(__file__).parents[2]
FILES = sorted((REPOSITORY / "tests" / "answers").glob("*/*/*.py"))
COURSE = open_course(REPOSITORY)
NOTEBOOKS = {name: course_notebooks(COURSE, name)[name] for name in ("variant2", "variant3")}
RELEASED = {
    (language, name): nbformat.read(REPOSITORY / "release" / language / name / f"{name}.ipynb", as_version=4)
    for language in ("ru", "en")
    for name in NOTEBOOKS
}
SOURCES = {name: nbformat.read(REPOSITORY / "source" / name / f"{name}.ipynb", as_version=4) for name in NOTEBOOKS}


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(Limits()) as zygote:
        yield zygote


def lost(zygote: Zygote, assignment: str, text: bytes) -> list[str]:
    """The tests that a submission loses; none may be left undecided, and nothing may need attention."""
    course = {assignment: NOTEBOOKS[assignment]}
    marked = mark_submission(course, Submission("anna", {assignment: text}, {}), zygote, Limits())[assignment]
    tests = [cell for cell in marked.notebook.cells if cell.cell_type == "code" and is_grade(cell)]
    assert not any(map(could_not_tell, tests)) and marked.attention == ()
    return [cell.metadata.nbgrader.grade_id for cell in tests if determine_grade(cell)[0] == 0]


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parts[-3]}-{path.stem}" for path in FILES])
def test_an_answer_earns_in_the_examiner_what_its_header_says(zygote, path):
    assignment, answers = path.parts[-3], read_answers(path.read_text(encoding="utf-8"), path.name)
    language = ("ru", "en")[len(path.stem) % 2]

    notebook = submission(RELEASED[language, assignment], SOURCES[assignment], answers)

    assert sorted(lost(zygote, assignment, nbformat.writes(notebook).encode())) == sorted(answers.loses)


def test_the_reference_with_its_experiments_earns_everything(zygote):
    for assignment, source in SOURCES.items():
        assert lost(zygote, assignment, nbformat.writes(source).encode()) == []
