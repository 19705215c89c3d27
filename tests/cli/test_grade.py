"""`autograder grade` on a small course: marks, exit codes, what is marked again."""

import json
import os
import subprocess
import sys
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import copytree

import pytest
from grading.small_course import (
    answered,
    bare_environment,
    grade,
    hand_in,
    make_course,
    source_notebook,
    without_ids,
    write,
)
from lab_rules import BROKEN, BROKEN_LINE, write_rules
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.grading import open_course, sole_writer

WRONG_DOUBLE = "def double(n):\n    return 6"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def scores(course: Path, *students: str) -> dict[str, float]:
    """The sum of the tests of each student in the gradebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {student: gradebook.find_submission("sums", student).score for student in students}


def test_logins_that_are_empty_or_typed_twice_are_told_again_and_again(course):
    source = source_notebook()
    test = next(cell for cell in source.cells if cell.id == "test_half")
    test.source = f"check.generator()\nlogin = answer.login\n{test.source}"
    write(source, course / "source" / "sums" / "sums.ipynb")
    for student, login in {"anna": "' Anna'", "boris": "'ANNA'", "vera": "''", "gleb": "'gleb'"}.items():
        hand_in(course, student, answered(half=f"login = {login}\n\ndef half(n):\n    return n / 2"))
    told = {}
    for options in ((), ("--json",)):  # the second time all marks stand
        code, said = grade(course, *options)
        assert code == 0
        told[options] = said
    assert "boris: a login that others have, too: ANNA (anna)." in told[()]
    submissions = json.loads(told["--json",])
    attention = {each["student"]: [one["kind"] for one in each["attention"]] for each in submissions}
    kinds = {"anna": ["same_login"], "boris": ["same_login"], "gleb": [], "vera": ["no_login"]}
    assert {student: [kind for kind in each if "login" in kind] for student, each in attention.items()} == kinds


@pytest.mark.parametrize("use", ["answer.double({1, 2}) == 2", "answer.half(x).mean() == 1.5"])
def test_what_a_test_can_not_do_from_outside_is_told_once_as_the_tests_fault(course, use):
    source = source_notebook()
    cells = {cell.id: cell for cell in source.cells}
    cells["test_half"].source = f"assert {use}"
    write(source, course / "source" / "sums" / "sums.ipynb")
    for student in ("anna", "boris"):
        hand_in(course, student, answered(half="import torch\ndef half(n):\n    return torch.eye(2)"))

    code, said = grade(course)

    told = "Test test_half, judged outside, asks of an answer what can't be had from there: in 2 of 2."
    assert (code, said.count(told), "got no mark" in said) == (1, 1, False)


def test_a_broken_rule_of_the_lab_is_told_once_and_with_its_line(course):
    set_up = 'import rules\nfrom autograder.checks import notebook\n\nanswer, check = notebook("en")\ncheck.use(rules)'
    lab = {"set-up": set_up, "test_double": "check.gives_even(answer.double, 3)"}
    write(answered(**lab), write_rules(course / "source" / "sums", BROKEN) / "sums.ipynb")
    for student in ("anna", "boris"):
        hand_in(course, student, answered(**lab))

    first, again = grade(course), grade(course)  # the second time all marks stand

    what = f"Rule `gives_even` (rules.py, line {BROKEN_LINE}) stopped: NameError: name 'nowhere' is not defined."
    for code, said in (first, again):
        assert (code, said.count(f"{what} No mark for test_double: in 2 of 2.")) == (1, 1)
        assert "Mend it in the source" in said and "could not tell" not in said
    write_rules(course / "source" / "sums")
    assert grade(course)[0] == 0
    assert scores(course, "anna", "boris") == {"anna": 3, "boris": 3}


HALVES = {
    "anna": "def half(n):\n    return n / 2",
    "boris": "import numpy as np\ndef half(n):\n    n *= 0.5\n    return np.asfortranarray(n)",
    "vera": "class Half(np.ndarray):\n    pass\ndef half(n):\n    return (n / 2).view(Half)",
}
NO_HALVES = {
    "dima": "def half(n):\n    return n",
    "egor": "def half(n):\n    return n[:0]",
    "gleb": "def half(n):\n    return (n / 2).tolist()",
    "ivan": "class Half(np.ndarray):\n"
    "    __eq__ = __ne__ = lambda *given: np.array(True)\n"
    "    mean = lambda *given, **options: np.array([0.75, 1.25, 1.75])\n"
    "    __array_function__ = __array_ufunc__ = lambda *given, **options: True\n"
    "def half(n):\n    return n.view(Half)",
}


def test_arrays_are_given_and_taken_by_a_test_that_is_judged_outside(course):
    source = source_notebook()
    cells = {cell.id: cell for cell in source.cells}
    cells["given"].source += "\nimport numpy as np\nrows = np.arange(6.0).reshape(2, 3)"
    cells["test_half"].source = (
        "found = answer.half(rows)\n"
        "assert np.allclose(found, rows / 2) and found.mean(axis=0).tolist() == [0.75, 1.25, 1.75]\n"
        "np.testing.assert_array_equal(found, rows / 2, strict=True)"
    )
    write(source, course / "source" / "sums" / "sums.ipynb")
    for student, half in (HALVES | NO_HALVES).items():
        hand_in(course, student, answered(half=half))

    code, said = grade(course)

    assert (code, "?" in said, "can't be had" in said) == (0, False, False)
    assert scores(course, *HALVES, *NO_HALVES) == dict.fromkeys(HALVES, 3) | dict.fromkeys(NO_HALVES, 2)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_test_that_fails_with_the_courses_own_answers_is_told_once_before_the_table(course, language):
    source = source_notebook()
    next(cell for cell in source.cells if cell.id == "test_half").source = "assert half(x) == 2"
    write(source, course / "source" / "sums" / "sums.ipynb")
    for student in ("anna", "boris"):
        hand_in(course, student, answered())

    code, said = grade(course, "--json")

    assert code == 0
    told, _bracket, results = said.partition("[\n")
    assert told.count("sums/test_half (AssertionError)") == 1
    assert [each["points"] for each in json.loads(f"[{results}")] == [2, 2]
    before_the_table = grade(course, "--force", language=language)[1].partition("─")[0]
    assert before_the_table.count("sums/test_half (AssertionError)") == 1


def test_what_is_mended_in_the_source_is_told_no_more(course, run):
    source = source_notebook()
    test = next(cell for cell in source.cells if cell.id == "test_half")
    hand_in(course, "anna", answered())
    told = []
    for test.source in ("assert half(x) == 2", "assert half(x) == 1.5"):
        write(source, course / "source" / "sums" / "sums.ipynb")
        for _again in range(2):  # all marks stand then, and the course's answers are not marked again
            grade(course)
            run("report", "sums", folder=course)
            found = json.loads(run("report", "sums", "--json", folder=course).stdout)["source_faults"]
            page = (course / "reports" / "sums.html").read_text("utf-8")
            told.append((found, "sums/test_half</code>: AssertionError" in page))
    fault = {"notebook": "sums", "cell": "test_half", "error": "AssertionError"}
    assert told == [([fault], True)] * 2 + [([], False)] * 2


def test_why_nobody_can_be_marked_is_told_beside_what_a_program_reads(course, run):
    hand_in(course, "anna", answered())
    result = run("grade", "summs", "--json", folder=course)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no assignment “summs”" in result.stderr


def test_a_class_is_marked_whatever_is_handed_in(course):
    released = write("as it was released", course / "release" / "sums" / "sums.ipynb")
    hand_in(course, "right", answered())
    hand_in(course, "wrong", answered(double=WRONG_DOUBLE))
    hand_in(course, "syntax", answered(half="def half(n)\n    return"))
    hand_in(course, "exits", answered(double="def double(n):\n    import os\n    os._exit(3)"))
    hand_in(course, "cut", "{not json")
    hand_in(course, "list", '{"cells": 3}')
    hand_in(course, "empty", '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}')
    hand_in(course, "renamed", answered(), name="my sums.ipynb")
    hand_in(course, "deleted", answered("test_half"))
    hand_in(course, "gone", "").unlink()
    (course / "submitted" / "gone" / "sums" / "sums.ipynb").symlink_to("nowhere")
    hand_in(course, "no-ids", without_ids(answered()))
    (course / "submitted" / "misplaced" / "Sums").mkdir(parents=True)
    (course / "submitted" / "bare" / "sums").mkdir(parents=True)
    (course / "submitted" / "absent").mkdir()
    (course / "submitted" / "sums" / "anna").mkdir(parents=True)
    hand_in(course, "packed", "PK", name="sums.zip")
    hand_in(course, "nested", answered(), name="unpacked/sums.ipynb")
    hand_in(course, "other", another_assignments())

    code, said = grade(course)

    assert code == 1, said
    assert "✗ right" not in said
    assert scores(course, "right", "wrong", "syntax", "exits", "deleted", "no-ids") == {
        "right": 3,
        "wrong": 1,
        "syntax": 2,
        "exits": 1,
        "deleted": 3,
        "no-ids": 3,
    }
    for line in (
        "! exits, cell test_double: ended the process.",
        "! deleted, cell test_half: deleted.",
        "✗ cut: sums.ipynb is not a notebook: its text is not JSON.",
        "✗ list: sums.ipynb is JSON, but not a notebook",
        "✗ empty, other: sums.ipynb holds none of the tests of sums",
        "✗ renamed: no “sums.ipynb”, but “my sums.ipynb”.",
        "✗ gone: submitted/gone/sums/sums.ipynb is a link, and links are not followed.",
        "✗ misplaced: no folder “sums”, only: Sums.",
        "→ Put the notebook into submitted/misplaced/sums/.",
        "✗ bare: the folder submitted/bare/sums holds no notebook.",
        "✗ sums: submitted/sums has the name of an assignment where a student's should be.",
        "✗ packed: the folder submitted/packed/sums holds an archive, sums.zip, and no notebook.",
        "✗ nested: no “sums.ipynb” in submitted/nested/sums, but “unpacked/sums.ipynb” deeper in it.",
        "new: 17 · of them not marked: 11 · nothing submitted: 1",
        "To mark by hand: conclusion (6).",
    ):
        assert line in said
    assert "absent:" not in said
    assert released.read_text() == "as it was released"


def another_assignments() -> NotebookNode:
    """A notebook that shares its set-up and its conclusion with the assignment's, but no answer or test."""
    notebook = answered()
    for cell in notebook.cells:
        if cell.id.startswith(("test_", "double", "half")):
            cell.id = cell.metadata.nbgrader.grade_id = f"other_{cell.id}"
    return notebook


def test_what_is_marked_is_marked_again_only_when_something_changed(course):
    hand_in(course, "anna", answered())
    hand_in(course, "boris", answered())
    hand_in(course, "boris", answered(half=WRONG_DOUBLE), name="sums-Copy1.ipynb")
    code, said = grade(course)
    assert code == 0
    assert "! boris: sums-Copy1.ipynb was not marked" in said
    assert [path.name for path in (course / "autograded" / "boris" / "sums").iterdir()] == ["sums.ipynb"]

    assert "unchanged, marks kept: 2\n" in grade(course)[1]

    hand_in(course, "boris", answered(double=WRONG_DOUBLE))
    _code, said = grade(course)
    assert "submission changed: 1 · unchanged, marks kept: 1" in said
    assert scores(course, "anna", "boris") == {"anna": 3, "boris": 1}

    source = source_notebook()
    source.cells[3].metadata.nbgrader.points = 4
    write(source, course / "source" / "sums" / "sums.ipynb")
    _code, said = grade(course)
    assert "course changed: 2" in said and "anna: 3 points before, 5 now." in said
    assert scores(course, "anna", "boris") == {"anna": 5, "boris": 1}

    code, said = grade(course, "--force", "--student", "anna")
    assert code == 0
    assert "by --force: 1\n" in said

    (course / "gradebook.db").unlink()
    assert "new: 1\n" in grade(course, "--student", "anna")[1]
    assert scores(course, "anna") == {"anna": 5}


@pytest.mark.sampled(one_in=4, corpus="beside nbgrader")
def test_nbgrader_gives_the_same_marks_on_the_same_course(course, tmp_path):
    hand_in(course, "anna", answered())
    hand_in(course, "boris", answered(double=WRONG_DOUBLE))
    hand_in(course, "clara", answered(half="def half(n)\n    return"))
    grade(course)
    again = copytree(course, tmp_path / "again")

    command = [sys.executable, "-m", "nbgrader", "autograde", "sums", "--force"]
    beside = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(command, cwd=again, env=bare_environment() | beside, check=True, capture_output=True)

    students = ("anna", "boris", "clara")
    assert scores(again, *students) == scores(course, *students) == {"anna": 3, "boris": 1, "clara": 2}


def test_several_at_a_time_in_an_environment_that_is_not_activated(course):
    for student in ("anna", "boris", "clara"):
        hand_in(course, student, answered())
    hand_in(course, "dmitri", answered(double=WRONG_DOUBLE))

    command = [sys.executable, "-m", "autograder", "grade", "sums", "--jobs", "2"]
    done = subprocess.run(command, cwd=course, env=bare_environment(), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert scores(course, "anna", "dmitri") == {"anna": 3, "dmitri": 1}


def test_a_cell_that_hangs_costs_its_own_points(course):
    hand_in(course, "anna", answered(half="def half(n):\n    while True:\n        pass"))
    hand_in(course, "boris", answered(double="while True:\n    pass"))

    code, said = grade(course, "--timeout", "1")

    assert code == 0
    assert scores(course, "anna", "boris") == {"anna": 2, "boris": 1}
    for line in ("! anna, cell test_half: computed for too long.", "! boris, cell double: computed for too long."):
        assert line in said


def test_a_test_that_reaches_past_answer_is_judged_inside_and_told(course):
    source = source_notebook()
    source.cells[5].source = "assert half(x) == 1.5"
    write(source, course / "source" / "sums" / "sums.ipynb")
    hand_in(course, "anna", answered())

    code, said = grade(course)

    assert code == 0
    assert "Judged inside, in the student's own process, as nbgrader does: test_half." in said
    assert scores(course, "anna") == {"anna": 3}
    marks = json.loads(grade(course, "--json")[1])[0]["marks"]
    assert {each["check"]: each["judge"] for each in marks} == {"test_double": "outside", "test_half": "inside"}


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        ("given", "import mylab\nx = 3", "cell given in sums.ipynb can't be run: ModuleNotFoundError: No module named 'mylab'"),
        ("given", "raise SystemExit", "cell given in sums.ipynb can't be run: it ends the process"),
        ("test_half", "assert answer.half(x) == expected", "cell test_half in sums.ipynb can't be run: NameError: name 'expected'"),
        ("test_half", "import mylab\nassert answer.half(x) == 1.5", "cell test_half in sums.ipynb can't be run: ModuleNotFound"),
        ("test_half", "assert answer.half(x) = 1.5", "cell test_half in sums.ipynb can't be run: SyntaxError"),
    ],
)  # fmt: skip
def test_a_fault_of_the_courses_own_cells_is_said_once_and_nobody_is_marked(course, cell, code, said):
    source = source_notebook()
    next(each for each in source.cells if each.id == cell).source = code
    write(source, course / "source" / "sums" / "sums.ipynb")
    for student in ("anna", "boris"):
        hand_in(course, student, answered())

    exit_code, output = grade(course, "--jobs", "1")

    assert exit_code == 2, output
    assert output.count(said) == 1
    assert "Nobody was marked." in output and "anna" not in output
    assert not (course / "autograded").exists()


@pytest.mark.parametrize(
    ("content", "said", "remedy"),
    [
        ("{", "can't be read as a notebook (Notebook does not appear to be JSON", "Restore it"),
        (None, "can't be opened: Is a directory.", "Give yourself the right"),
    ],
)
def test_a_source_notebook_that_can_not_be_read_is_named_with_a_remedy(course, run, content, said, remedy):
    hand_in(course, "anna", answered())
    path = course / "source" / "sums" / "sums.ipynb"
    path.unlink()
    write(content, path) if content else path.mkdir()

    result = run("grade", "sums", "--jobs", "1", folder=course)

    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert f"source/sums/sums.ipynb {said}" in result.output and f"→ {remedy}" in result.output


def hold(course: Path, channel: Connection) -> None:
    with sole_writer(open_course(course)):
        channel.send("held")
        channel.recv()


def test_a_second_grade_in_a_course_waits_for_the_first(course):
    hand_in(course, "anna", answered())
    ours, theirs = Pipe()
    first = get_context("fork").Process(target=hold, args=(course, theirs))
    first.start()
    assert ours.recv() == "held"
    code, refused = grade(course, "--jobs", "1")
    ours.send("done")
    first.join()

    assert code == 2
    assert f"is at work in this course already: on {os.uname().nodename[:16]}, process {first.pid}, since 20" in refused
    assert (grade(course, "--jobs", "1")[0], scores(course, "anna")) == (0, {"anna": 3})


def test_what_a_person_has_marked_stays(course):
    hand_in(course, "anna", answered())
    grade(course)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.find_grade("conclusion", "sums", "sums", "anna").manual_score = 1.5
        gradebook.db.commit()

    grade(course, "--force")

    assert scores(course, "anna") == {"anna": 4.5}


def test_a_mark_by_hand_above_what_can_be_had_now_is_told_and_counts_no_more(course, run):
    hand_in(course, "anna", answered())
    grade(course)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grades = gradebook.find_submission("sums", "anna").notebooks[0].grades
        (by_hand,) = (each for each in grades if each.name == "conclusion")
        by_hand.manual_score, by_hand.needs_manual_grade = 2, False
        gradebook.db.commit()
    source = source_notebook()
    source.cells[-1].metadata.nbgrader.points = 1
    write(source, course / "source" / "sums" / "sums.ipynb")

    _code, said = grade(course)
    (result,) = json.loads(grade(course, "--json")[1])
    exported = run("export", "sums", "--to", "csv", "--partial", folder=course)

    told = "! anna, cell conclusion: 2 points by hand, and only 1 can be had now. No more than that counts."
    assert told in said and "4/4" in said and "5/4" not in said
    assert (result["final"]["mark"], result["final"]["max_points"]) == (4, 4)
    table = (course / "exports" / "sums-marks.csv").read_text(encoding="utf-8-sig")
    assert exported.exit_code == 0 and ",4.00,0.00,4.00,4.00,True" in table
    run("feedback", "sums", folder=course)
    assert "1 / 1" in (course / "feedback" / "anna" / "sums" / "sums.html").read_text(encoding="utf-8")


def test_results_for_a_program(course):
    hand_in(course, "anna", answered(double="import os; os._exit(1)"))
    hand_in(course, "boris", "{")

    _code, said = grade(course, "--json")

    anna, boris = json.loads(said)
    assert (anna["student"], anna["points"], anna["max_points"], anna["marked"]) == ("anna", 1, 3, True)
    assert anna["attention"] == [{"kind": "ended", "cell": "double", "notebook": ""}]
    assert (boris["marked"], boris["fault"]) == (False, "not_json")


def test_without_a_sandbox_nothing_runs_unless_it_may(course, run, monkeypatch):
    monkeypatch.setattr("autograder.process.sandbox.bubblewrap", lambda: None)
    hand_in(course, "anna", answered())

    refused = run("grade", "sums", "--jobs", "1", folder=course)
    allowed = run("grade", "sums", "--jobs", "1", "--unsafe", folder=course)

    assert refused.exit_code == 2
    assert "can't be run in the sandbox on this machine: bubblewrap" in refused.output
    assert allowed.exit_code == 0
    assert scores(course, "anna") == {"anna": 3}


def test_cells_may_not_come_or_go_once_there_are_marks(course):
    hand_in(course, "anna", answered())
    grade(course)
    source = source_notebook()
    del source.cells[5]
    write(source, course / "source" / "sums" / "sums.ipynb")

    code, said = grade(course)

    assert code == 2
    assert "sums has gained or lost graded cells" in said
    assert "nbgrader db assignment remove sums" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["differences"], "There is no assignment “differences” in source."),
        (["sums", "--student", "borys"], "There is no student “borys” in submitted."),
        (["sums", "--jobs", "0"], "0 is not in the range"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage_is_named(course, run, arguments, message):
    hand_in(course, "boris", answered())

    result = run("grade", *arguments, folder=course)

    assert result.exit_code == 2
    assert message in result.output


def test_a_folder_without_a_course_or_submissions_is_named(course, run, tmp_path):
    nowhere = run("grade", "sums", folder=tmp_path)
    nothing = run("grade", "sums", folder=course)
    (course / "nbgrader_config.py").write_text("c = get_config(\n")
    broken = run("grade", "sums", folder=course)

    assert (nowhere.exit_code, nothing.exit_code, broken.exit_code) == (2, 2, 2)
    assert "is not a course folder: it holds no nbgrader_config.py" in nowhere.output
    assert "submitted/STUDENT/sums/: sums.ipynb" in nothing.output
    assert "nbgrader_config.py can't be read: SyntaxError" in broken.output


def test_what_is_said_fits_a_terminal_in_both_languages(course):
    hand_in(course, "anna-ekaterina.konstantinopolskaya", answered())
    hand_in(course, "boris", "{")

    for language, heading in (("ru", "Студент"), ("en", "Student")):
        _code, said = grade(course, language=language, columns=80)
        assert heading in said
        assert all(len(line) <= 80 for line in said.splitlines())
        assert "anna-ekaterina.konstantinopolskaya" in said  # on one line


def test_a_submission_whose_time_is_over_is_marked_and_what_was_not_judged_is_named(course):
    hand_in(course, "anna", answered(double="import time\ntime.sleep(600)"))

    code, said = grade(course, "--total-timeout", "1")

    assert code == 0
    assert scores(course, "anna") == {"anna": 0}
    for test in ("test_double", "test_half"):
        assert f"! anna, cell {test}: not run, or not to its end: the submission's time was over." in said
