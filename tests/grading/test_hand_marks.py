"""A mark given by hand stays out of the queue as long as answer and rubric are the same."""

from pathlib import Path
from shutil import copytree

import pytest
from nbgrader.api import Gradebook

from autograder.grading import Course, carry_out, open_course, plan
from autograder.process.warm import Zygote
from grading.small_course import answered, hand_in, make_course, source_notebook, write

WORDS = "Twice as much is the double."


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, zygote: Zygote) -> Path:
    """A person has marked the conclusion, and a test against its verdict."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_NO_CONFIG", "1")
        root = make_course(tmp_path_factory.mktemp("course"))
        hand_in(root, "anna", answered(conclusion=WORDS))
        mark(open_course(root), zygote)
        with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
            for name, points in (("conclusion", 1.5), ("test_half", 0.5)):
                grade = gradebook.find_grade(name, "sums", "sums", "anna")
                grade.manual_score, grade.needs_manual_grade = points, False  # as formgrader does
            gradebook.db.commit()
    return root


@pytest.fixture
def course(seen: Path, tmp_path: Path, monkeypatch) -> Course:
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    return open_course(Path(copytree(seen, tmp_path / "course")))


def mark(course: Course, zygote: Zygote) -> None:
    assert all(result.marks for result in carry_out(plan(course.assignment("sums"), force=True), zygote))


def queue(course: Course) -> set[str]:
    with Gradebook(course.db_url) as gradebook:
        grades = gradebook.find_submission("sums", "anna").notebooks[0].grades
        assert {grade.name: grade.manual_score for grade in grades if grade.manual_score} == {
            "conclusion": 1.5, "test_half": 0.5
        }  # fmt: skip
        return {grade.name for grade in grades if grade.needs_manual_grade}


def change_source(course: Course, cell: str, old: str, new: str) -> None:
    source = source_notebook()
    (changed,) = (each for each in source.cells if each.id == cell)
    changed.source = changed.source.replace(old, new)
    write(source, course.root / "source" / "sums" / "sums.ipynb")


def test_marking_again_asks_for_nothing(course, zygote):
    mark(course, zygote)
    assert queue(course) == set()


def test_an_edit_elsewhere_asks_for_the_test_alone(course, zygote):
    hand_in(course.root, "anna", answered(conclusion=WORDS, double="def double(n):\n    return n + n"))
    mark(course, zygote)
    assert queue(course) == {"test_half"}


def test_another_test_that_changed_asks_for_nothing(course, zygote):
    change_source(course, "test_double", "answer.double(x) == 6", "answer.double(x) == 7")
    mark(course, zygote)
    assert queue(course) == set()


def test_a_test_that_changed_is_asked_for(course, zygote):
    change_source(course, "test_half", "answer.half(5) == 2.5", "answer.half(7) == 3.5")
    mark(course, zygote)
    assert queue(course) == {"test_half"}


def test_a_changed_answer_is_asked_for_until_a_person_has_seen_it(course, zygote):
    hand_in(course.root, "anna", answered(conclusion="In other words."))
    mark(course, zygote)
    mark(course, zygote)
    assert "conclusion" in queue(course)


def test_a_changed_rubric_is_asked_for(course, zygote):
    change_source(course, "conclusion", "In words.", "In words, with an example.")
    mark(course, zygote)
    assert queue(course) == {"conclusion"}


def test_where_nothing_tells_what_the_person_saw_it_is_asked_for(course, zygote):
    (course.root / "autograded" / "anna" / "sums" / "sums.ipynb").unlink()
    mark(course, zygote)
    assert queue(course) == {"conclusion", "test_half"}
