"""`autograder report` on a small course that was marked."""

import os

import pytest
from cli.conftest import run  # noqa: F401  (a fixture)
from grading.small_course import answered, grade, hand_in, make_course
from nbgrader.api import Gradebook


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A course in which one did all, one failed a check, one did nothing, one is late, one changed a test."""
    course = make_course(tmp_path_factory.mktemp("course"))
    hand_in(course, "ada", answered(conclusion="I have doubled."))
    hand_in(course, "bob", answered(half="def half(n):\n    return n"))
    hand_in(course, "cyd", answered(double="raise NotImplementedError()", half="raise NotImplementedError()"))
    hand_in(course, "dan", answered(test_half="assert True"))
    (course / "submitted" / "dan" / "sums" / "timestamp.txt").write_text("2026-10-02 12:00:00 UTC")
    (course / "submitted" / "dan" / "sums" / os.fsdecode("копия.ipynb".encode("cp1251"))).write_text("{}")
    hand_in(course, "eve", "no notebook")
    (course / "submitted" / "fay").mkdir()
    code, shown = grade(course)
    assert code == 1 and "eve" in shown, shown
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2026-10-01 12:00:00 UTC")
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="Lovelace")
    return course
