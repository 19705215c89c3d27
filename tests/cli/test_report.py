"""`autograder report` on a small course that was marked."""

import json
import os
import shutil

import pytest
from classroom.page_reader import Page
from grading.small_course import answered, grade, hand_in, make_course, write
from nbgrader.api import Gradebook


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A course in which one did all, one failed a check, one did nothing, one is late and changed a test."""
    course = make_course(tmp_path_factory.mktemp("course"))
    hand_in(course, "ada", answered(conclusion="I have doubled."))
    hand_in(course, "bob", answered(half="def half(n):\n    return n"))
    hand_in(course, "cyd", answered(double="raise NotImplementedError()", half="raise NotImplementedError()"))
    folder = hand_in(course, "dan", answered(test_half="assert True")).parent
    (folder / "timestamp.txt").write_text("2026-10-02 12:00:00 UTC")
    (folder / os.fsdecode("копия.ipynb".encode("cp1251"))).write_text("{}")
    hand_in(course, "eve", "no notebook")
    (course / "submitted" / "fay").mkdir()
    code, shown = grade(course)
    assert code == 1 and "eve" in shown, shown
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2026-10-01 12:00:00 UTC")
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="Lovelace")
    return course


@pytest.fixture
def course(marked, tmp_path):
    return shutil.copytree(marked, tmp_path / "course")


def test_the_page_tells_of_everyone(run, course):
    result = run("report", "sums", folder=course)
    page = Page((course / "reports" / "sums.html").read_text("utf-8"))

    assert result.exit_code == 0, result.output
    assert "Written: reports/sums.html" in result.output
    for student in ("Lovelace Ada", "bob", "cyd", "dan", "eve", "fay"):
        assert student in page.text
    links = [link for link in page.values("href") if not link.startswith("#")]
    assert links and all(link.startswith("http://localhost:8888/formgrader/submissions/") for link in links)


def test_a_part_of_the_points_is_told_as_that(run, tmp_path):
    part = {"test_double": "answer.double(x)\n1"}
    course = make_course(tmp_path)
    write(answered(**part), course / "source" / "sums" / "sums.ipynb")
    hand_in(course, "ada", answered(**part))
    assert grade(course)[0] == 0

    told = json.loads(run("report", "sums", "--json", folder=course).stdout)
    run("report", "sums", folder=course)
    run("feedback", "sums", folder=course)

    counts = {check["check"]: {outcome for outcome, count in check["counts"].items() if count} for check in told["checks"]}
    assert counts == {"test_double": {"partly"}, "test_half": {"passed"}}
    assert "partly: some of the points" in Page((course / "reports" / "sums.html").read_text("utf-8")).text
    page = Page((course / "feedback" / "ada" / "sums" / "sums.html").read_text("utf-8")).text
    assert "Partly right: 1 of 2." in page


def test_the_same_for_a_program(run, course):
    result = run("report", "sums", "--json", "--released", "01.10.2026 12:00", folder=course)
    told = json.loads(result.output)

    assert result.exit_code == 0 and not (course / "reports").exists()
    counts = {check["check"]: check["counts"] for check in told["checks"]}
    assert counts["test_double"] == {"passed": 3, "partly": 0, "failed": 0, "undecided": 0, "unanswered": 1}
    assert counts["test_half"] == {"passed": 2, "partly": 0, "failed": 1, "undecided": 0, "unanswered": 1}
    assert [(each["check"], each["students"]) for each in told["mistakes"]] == [("test_half", ["bob"])]
    assert [each["student"] for each in told["help"]] == []  # cyd could still earn 2 of 5 by hand
    assert (told["missing"], told["not_marked"]) == (["fay"], ["eve"])
    assert [(each["cell"], each["students"]) for each in told["by_hand"]] == [
        ("conclusion", ["ada", "bob", "cyd", "dan"])
    ]
    (waiting,) = told["waiting"]
    assert waiting["student"] == "dan"
    assert waiting["attention"] == [
        {"kind": "changed", "cell": "test_half", "notebook": ""},
        {"kind": "beside", "cell": r"\xea\xee\xef\xe8\xff.ipynb", "notebook": ""},
    ]
    assert (told["times"]["known"], told["times"]["late"], told["times"]["taken"]) == (1, 1, 86400)
    assert told["times"]["due"] == "2026-10-01T12:00:00+00:00"


def test_the_ids_are_those_under_which_formgrader_has_the_notebooks(run, course):
    told = json.loads(run("report", "sums", "--json", folder=course).output)

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "small") as gradebook:
        for student, pages in told["pages"].items():
            assert pages == {"sums": gradebook.find_submission_notebook("sums", "sums", student).id}


def test_marks_tell_what_they_can_where_the_notebook_is_gone_or_garbled(run, course):
    shutil.rmtree(course / "autograded" / "ada")
    (course / "autograded" / "bob" / "sums" / "sums.ipynb").write_text("[]")
    told = json.loads(run("report", "sums", "--json", folder=course).output)

    counts = {check["check"]: check["counts"] for check in told["checks"]}
    assert counts["test_double"]["passed"] == 3
    assert told["mistakes"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sum"], "There is no assignment “sum” in source"),
        (["sums", "--jupyter", "javascript:alert(1)"], "is no address"),
        (["sums", "--output", "gradebook.db/page.html"], "gradebook.db/page.html can't be written"),
    ],
)
def test_what_can_not_be_done_is_said(run, course, arguments, told):
    result = run("report", *arguments, folder=course)

    assert result.exit_code == 2
    assert told in result.output


def test_without_marks_there_is_nothing_to_report(run, tmp_path):
    result = run("report", "sums", folder=make_course(tmp_path), language="ru")

    assert result.exit_code == 2
    assert "В задании sums ещё ничего не оценено" in result.output
    assert "autograder grade sums" in result.output


def test_when_it_was_handed_out_is_read_in_the_zone_of_the_course(run, course):
    with (course / "nbgrader_config.py").open("a") as configuration:
        configuration.write('\nc.Term.time_zone = "Europe/Moscow"\n')
    told = json.loads(run("report", "sums", "--json", "--released", "01.10.2026 12:00", folder=course).output)
    assert told["times"]["released"] == "2026-10-01T09:00:00+00:00"
    assert run("report", "sums", "--released", "noon", folder=course).exit_code == 2
