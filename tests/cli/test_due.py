"""`autograder due`, and what `grade` shows of late submissions."""

import json
from pathlib import Path

import pytest
from grading.small_course import answered, grade, hand_in, make_course

SETTINGS = """
c.Term.time_zone = "Europe/Moscow"
c.AssignLatePenalties.plugin_class = "autograder.classroom.penalty.PenaltyByDay"
c.PenaltyByDay.percent_a_day = 10
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = make_course(tmp_path / "course")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(SETTINGS)
    return root


def test_dates_are_shown_set_and_taken_away(course, run):
    def due(*arguments: str) -> str:
        result = run("due", "sums", *arguments, folder=course)
        assert result.exit_code == 0, result.output
        return result.output

    (course / "submitted" / "anna").mkdir(parents=True)
    assert due() == "sums has no due date.\n"
    assert due("05.11.2026 18:00") == "sums is due 2026-11-05 18:00 (Europe/Moscow).\n"
    with_extension = "sums is due 2026-11-05 18:00 (Europe/Moscow).\nanna: until 2026-11-08 23:59:59.\n"
    assert due("--student", "anna", "--until", "08.11.2026") == with_extension
    assert due() == with_extension
    assert due("--student", "anna", "--remove") == "sums is due 2026-11-05 18:00 (Europe/Moscow).\n"
    assert due("--student", "anna", "--until", "08.11.2026") == with_extension
    assert due("09.11.2026 18:00").endswith("Extensions that are gone, as they end before it (1): anna.\n")
    assert due("--remove") == "sums has no due date.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sums", "05/11/2026"), "“05/11/2026” can't be read as a date."),
        (("sums", "2026-11-05 18:00 MSK"), "“2026-11-05 18:00 MSK” can't be read as a date."),
        (("products", "2026-11-05"), "There is no assignment “products” in source."),
        (("sums", "2026-11-05", "--student", "anna"), "These arguments do not go together."),
        (("sums", "--until", "2026-11-05"), "These arguments do not go together."),
        (("sums", "--student", "anna", "--until", "2026-11-05"), "sums has no due date to extend."),
    ],
)
def test_wrong_usage_is_named_with_its_remedy(course, run, arguments, said):
    result = run("due", *arguments, folder=course)
    assert result.exit_code == 2
    assert f"✗ {said}\n" in result.output and "  → " in result.output


def test_a_zone_that_is_none_stops_marking_before_it_begins(course, run):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.Term.time_zone = "MSK"\n')
    hand_in(course, "anna", answered())
    result = run("grade", "sums", folder=course)
    assert result.exit_code == 2
    assert "“MSK”, in nbgrader_config.py, is no time zone." in result.output
    assert not (course / "autograded").exists()


def test_grade_shows_lateness_penalty_and_the_mark_after_it(course, run):
    hand_in(course, "anna", answered())
    hand_in(course, "boris", answered())
    hand_in(course, "boris", "2026-11-06 17:30:00 UTC", name="timestamp.txt")
    assert "Late" not in grade(course)[1]

    said = run("due", "sums", "05.11.2026 18:00", folder=course).output
    assert said.splitlines()[-1].split() == ["boris", "1", "d", "02:30", "−0.6", "2.4/5"]

    code, said = grade(course, language="ru", columns=80)
    assert (code, "без изменений, оценки прежние: 2" in said) == (0, True), said
    rows = {words[0]: words[1:] for line in said.splitlines() if (words := line.split())}
    assert rows["anna"] == ["✓", "✓", "3/3", "3/5"]
    assert rows["boris"] == ["✓", "✓", "3/3", "1", "д", "02:30", "−0.6", "2.4/5"]
    assert all(len(line) <= 80 for line in said.splitlines())

    (anna, boris) = json.loads(grade(course, "--json")[1])
    assert anna["final"]["mark"] == 3
    assert boris["final"] == {
        "student": "boris", "due": "2026-11-05T18:00:00+03:00", "extended": False,
        "handed_in": "2026-11-06T20:30:00+03:00", "seconds_late": 95400.0,
        "points": 3.0, "penalty": pytest.approx(0.6), "max_points": 5.0, "mark": pytest.approx(2.4),
    }  # fmt: skip
