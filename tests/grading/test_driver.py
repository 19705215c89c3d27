"""The driver: marks come one by one, and stay."""

from autograder.grading import Limits, carry_out, open_course, plan
from autograder.process.warm import Zygote
from grading.small_course import answered, hand_in, make_course


def test_an_interruption_keeps_what_was_marked(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    for student in ("anna", "boris"):
        hand_in(root, student, answered())
    course = open_course(root)

    with Zygote(Limits()) as zygote:
        marking = carry_out(course, "sums", plan(course, "sums"), zygote)
        first = next(marking)
        marking.close()

    rest = plan(course, "sums")
    assert (first.student, first.why, first.points) == ("anna", "new", 3)
    assert [result.student for result in rest.unchanged] == ["anna"]
    assert rest.to_mark == (("boris", "new"),)
