"""The same marks by nbgrader's own autograde."""

import gc
from unittest.mock import patch

from nbgrader.converters import Autograde

from autograder.grading import open_course
from autograder.grading.gradebook import open_gradebook, run_step, update_gradebook
from autograder.process.warm import Zygote

from .small_course import BY_NBGRADER, answered, hand_in, make_course

WRONG_HALF = "def half(n):\n    return n"


def test_what_is_to_be_looked_at_is_in_the_log_as_grade_says_it(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    make_course(tmp_path)
    with (tmp_path / "nbgrader_config.py").open("a") as configuration:
        configuration.write(BY_NBGRADER)
    hand_in(tmp_path, "anna", answered(half="import os\nos._exit(0)"))
    course = open_course(tmp_path)
    update_gradebook(course.assignment("sums"))
    converter = Autograde(coursedir=course.directory(assignment_id="sums"), config=course.config, create_student=True)
    converter.log.addHandler(caplog.handler)

    error = run_step(converter)

    converter.log.removeHandler(caplog.handler)
    gc.collect()
    assert error is None
    assert "anna, cell half: ended the process." in caplog.messages


def test_one_warm_process_serves_a_class_and_ends_with_it(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    make_course(tmp_path)
    with (tmp_path / "nbgrader_config.py").open("a") as configuration:
        configuration.write(BY_NBGRADER)
    for student, half in (("anna", WRONG_HALF), ("boris", "half = len"), ("clara", "half = lambda n: n / 2")):
        hand_in(tmp_path, student, answered(half=half))
    course = open_course(tmp_path)
    update_gradebook(course.assignment("sums"))
    spawned, started = Zygote._spawned, []

    def spawn(zygote):
        started.append(spawned(zygote))
        return started[-1]

    with patch.object(Zygote, "_spawned", spawn):
        error = run_step(
            Autograde(coursedir=course.directory(assignment_id="sums"), config=course.config, create_student=True)
        )
    gc.collect()

    assert error is None
    assert [each.process.poll() is None for each in started] == [False]
    with open_gradebook(course) as gradebook:
        assert {each.student.id: each.score for each in gradebook.assignment_submissions("sums")} == {
            "anna": 2, "boris": 2, "clara": 3,
        }  # fmt: skip
