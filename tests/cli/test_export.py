"""`autograder export` as an instructor runs it, on a gradebook as `grade` leaves it."""

import csv
import json
import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from classroom.made_downloads import lay
from grading.small_course import hand_in, make_course, source_notebook
from rich.console import Console

from autograder.classroom.due import set_due_date
from autograder.cli.export import LEFT
from autograder.cli.terminal import Terminal, message
from autograder.grading import open_course
from autograder.grading.autograded import ATTENTION
from autograder.grading.gradebook import open_gradebook, submission_of, update_gradebook
from autograder.grading.stamp import STAMP
from autograder.kinds import ExportKind, OddityKind

DUE = datetime(2026, 11, 5, 15)
SHEET = (
    "\ufeffИдентификатор,\"Полное имя\",Оценка,\"Максимальная оценка\",\"Оценка может быть изменена\","
    "\"Последнее изменение (оценка)\",\"Отзыв в виде комментария\"\n"
    "Участник11,\"Лавлейс Ада\",,\"10,00\",Да,-,\n"
    "Участник12,\"Бэббидж Чарльз\",,\"10,00\",Да,\"суббота, 28 ноября 2026, 17:30\",\n"
    "Участник13,\"Тьюринг Алан\",,\"10,00\",Нет,-,\n"
    "Участник14,\"Мурцинская Вера\",,\"10,00\",Да,-,\n"
)  # fmt: skip


def give(course, student: str, name: str, points: tuple[float | None, ...], late: timedelta) -> None:
    """A submission with these points for its two tests and its conclusion."""
    last, first = name.split()
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student(student, first_name=first, last_name=last)
        submission = submission_of(gradebook, "sums", student)
        submission.timestamp = DUE + late
        grades = {grade.cell.name: grade for grade in submission.notebooks[0].grades}
        for cell, given in zip(("test_double", "test_half", "conclusion"), points, strict=True):
            grades[cell].auto_score, grades[cell].needs_manual_grade = given, given is None
        gradebook.db.commit()


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Three who are done, of whom one was late and one has changed a test; nothing else."""
    root = make_course(tmp_path_factory.mktemp("course"))
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('c.AssignLatePenalties.plugin_class = "autograder.classroom.penalty.PenaltyByDay"\n')
        config.write("c.PenaltyByDay.percent_a_day = 10\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_NO_CONFIG", "1")
        course = open_course(root)
        update_gradebook(course.assignment("sums"))
        give(course, "ada", "Лавлейс Ада", (2, 1, 2), -timedelta(hours=1))
        give(course, "charles", "Бэббидж Чарльз", (2, 1, 1), timedelta(hours=5))
        give(course, "alan", "Тьюринг Алан", (2, 0, 2), timedelta())
        with open_gradebook(course) as gradebook:
            set_due_date(gradebook, "sums", DUE)
    return root


@pytest.fixture
def course(marked, tmp_path):
    return Path(copytree(marked, tmp_path / "course"))


@pytest.fixture
def sheet(tmp_path):
    return lay(tmp_path / "Оценки.csv", SHEET)


def lay_autograded(
    course: Path, student: str, attention: tuple[OddityKind, ...] = (), rests_on: str | None = None
) -> None:
    notebook = source_notebook()
    notebook.metadata[STAMP] = {"submission": rests_on}
    notebook.metadata[ATTENTION] = [[str(kind), "test_half"] for kind in attention]
    path = lay(course / "autograded" / student / "sums" / "sums.ipynb", notebook)
    os.utime(path, (1000, 1000))


def column(file: Path, name: str) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as table:
        return [row[name] for row in csv.DictReader(table)]


def test_moodle_gets_the_marks_after_lateness_and_the_pages_of_feedback(course, sheet, run, tmp_path):
    for student in ("ada", "charles", "alan"):
        lay_autograded(course, student)
    made = run("feedback", "sums", "--jobs", 1, folder=course)
    assert "Pages made: 3, as they were: 0." in made.output
    notebook = course / "autograded" / "charles" / "sums" / "sums.ipynb"
    notebook.write_text(notebook.read_text() + "\n")
    done = run("export", "sums", "--to", "moodle", "--worksheet", sheet, folder=course, columns=80)

    assert done.exit_code == 0, done.output
    assert max(map(len, done.output.splitlines())) <= 80 + len(str(tmp_path))
    said = " ".join(done.output.split())
    filled = tmp_path / "Оценки-sums-marks.csv"
    assert sheet.read_text(encoding="utf-8") == SHEET
    assert column(filled, "Оценка") == ["10,00", "7,20", "", ""]
    assert column(filled, "Отзыв в виде комментария") == [
        "sums: 5 из 5 баллов.", "sums: 4 из 5 баллов, опоздание 0 д 05:00, штраф 0,4; оценка 3,6.", "", "",
    ]  # fmt: skip
    with zipfile.ZipFile(tmp_path / "Оценки-sums-feedback.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{name}_assignsubmission_file_sums.html": (course / "feedback" / student / "sums/sums.html").read_bytes()
            for student, name in (("ada", "Лавлейс Ада_11"),)  # charles's is not of what is marked now
        }
    assert "charles 0 d 05:00 −0.4 3.6/5" in said
    assert "Locked in Moodle, and left as it is (1): alan." in said
    assert "The page of feedback is not of what is marked now (1): charles." in said
    assert "Already marked in Moodle: 1." in said
    assert "out of 5 points, and were rescaled to 10" in said
    assert "nobody in the gradebook; left as it is (1): Мурцинская Вера." in said


def test_how_excel_has_saved_the_worksheet_is_kept_and_told(course, run, tmp_path):
    saved = SHEET.removeprefix("\ufeff").replace('"10,00"', "10.00").replace(",", ";").encode("cp1251")
    sheet = lay(tmp_path / "s.csv", saved)
    done = run("export", "sums", "--to", "moodle", "--worksheet", sheet, folder=course)
    assert "The file is in cp1251 with “;” between columns" in done.output
    assert 'Участник11;"Лавлейс Ада";10.00;' in (tmp_path / "s-sums-marks.csv").read_bytes().decode("cp1251")


def test_whose_page_can_not_be_made_is_told(course, run):
    lay_autograded(course, "ada")
    lay(course / "autograded" / "charles" / "sums" / "sums.ipynb", "no notebook")
    done = run("feedback", "sums", "--jobs", 1, folder=course)
    assert done.exit_code == 1
    assert "Pages made: 1, as they were: 0." in done.output and "✗ charles: no page could be made (" in done.output
    again = run("feedback", "sums", "--student", "ada", folder=course)
    assert again.exit_code == 0 and "Pages made: 0, as they were: 1." in again.output


def test_a_folder_of_pages_that_can_not_be_written_is_named(course, run):
    lay_autograded(course, "ada")
    lay(course / "feedback" / "ada", "in the way")
    done = run("feedback", "sums", "--jobs", 1, folder=course)
    assert done.exit_code == 1
    assert "✗ ada: no page could be made (feedback/ada/sums: Not a directory)." in done.output
    (course / "feedback" / "ada").unlink()
    (course / "feedback").rmdir()
    lay(course / "feedback", "in the way")
    done = run("feedback", "sums", "--jobs", 1, folder=course)
    assert done.exit_code == 2
    assert "feedback can't be written: File exists." in done.output and "→ Make room, or give yourself" in done.output


def test_nothing_is_overwritten(course, sheet, run, tmp_path):
    for number in ("", "-2", "-3"):
        done = run("export", "sums", "--to", "moodle", "--worksheet", sheet, folder=course, language="ru")
        assert f"Оценок: 2, файл {tmp_path / f'Оценки-sums-marks{number}.csv'}" in done.output
    assert "Нет страницы с отзывом (2): ada, charles." in done.output
    assert not list(tmp_path.glob("*.zip"))


def test_nothing_is_exported_while_somebody_waits_unless_partial_and_then_it_is_said(course, sheet, run, tmp_path):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_NO_CONFIG", "1")
        give(open_course(course), "charles", "Бэббидж Чарльз", (None, 1, None), timedelta())
    lay_autograded(course, "ada", attention=(OddityKind.CHANGED,))
    lay_autograded(course, "alan", rests_on="another submission")
    hand_in(course, "alan", source_notebook())
    hand_in(course, "eve", "no notebook")
    arguments = ("export", "sums", "--to", "moodle", "--worksheet", sheet)
    reasons = (
        "test_half: changed, though locked (1): ada.",
        "test_double: the grader could not tell (1): charles.",
        "conclusion: to be marked by hand (1): charles.",
        "not marked yet: run `grade`, and it says why where it can't (1): eve.",
        "changed since it was marked: run `grade` again (1): alan.",
    )

    refused = run(*arguments, folder=course)
    assert refused.exit_code == 1
    assert [reason for reason in reasons if reason not in refused.output] == []
    assert "Nothing was exported: submissions of sums wait for a person (3)." in refused.output
    assert set(os.listdir(tmp_path)) == {"course", sheet.name}

    done = run(*arguments, "--partial", folder=course)
    assert done.exit_code == 0, done.output
    assert [reason for reason in reasons if reason not in done.output] == []
    assert "Not final: 1, left out: 2." in done.output
    filled = tmp_path / "Оценки-sums-marks.csv"
    assert column(filled, "Оценка") == ["10,00", "2,00", "", ""]
    assert column(filled, "Отзыв в виде комментария")[:2] == [
        "sums: 5 из 5 баллов.",
        "sums: 1 из 5 баллов. Оценка предварительная: часть работы преподаватель ещё не проверил.",
    ]
    run("export", "sums", "--to", "csv", "--partial", folder=course)
    table = course / "exports" / "sums-marks.csv"
    assert list(zip(column(table, "student_id"), column(table, "needs_manual_grade"), strict=True)) == [
        ("ada", "False"),
        ("charles", "True"),
    ]


def test_what_is_only_to_be_looked_at_is_told_and_holds_up_nothing(course, run):
    lay_autograded(course, "ada", attention=(OddityKind.CHANGED,))
    done = run("export", "sums", "--to", "csv", folder=course)
    assert done.exit_code == 0, done.output
    assert "test_half: changed, though locked (1): ada." in done.output
    assert "Not final" not in done.output


def test_where_there_is_no_mark_to_write_there_is_no_file(course, run):
    for student in ("ada", "charles", "alan"):
        lay_autograded(course, student, rests_on="another submission")
        hand_in(course, student, source_notebook())
    done = run("export", "sums", "--to", "csv", "--partial", folder=course)
    assert (done.exit_code, (course / "exports").exists()) == (1, False)
    assert "No mark went into the file, so nothing was written." in done.output


def test_a_program_reads_the_same(course, sheet, run):
    told = json.loads(run("export", "sums", "--to", "csv", "--json", folder=course).output)
    (file,) = map(Path, told["files"])
    assert file == course / "exports" / "sums-marks.csv"
    assert column(file, "score") == ["5.00", "4.00", "3.60"]
    assert {mark["student"]: (mark["penalty"], mark["mark"]) for mark in told["marks"]} == {
        "ada": (0, 5), "alan": (0, 4), "charles": (0.4, 3.6),
    }  # fmt: skip
    moodle = json.loads(run("export", "sums", "--to", "moodle", "--worksheet", sheet, "--json", folder=course).output)
    assert {mark["student"]: mark["written"] for mark in moodle["marks"]} == {"ada": "10,00", "charles": "7,20"}
    assert {"kind": "locked", "who": "alan"} in moodle["left"]
    assert moodle["rescaled"] == {"points": 5, "maximum": 10}


def test_a_mark_that_canvas_has_no_row_for_is_exit_code_1(course, run, tmp_path):
    rows = 'Student,ID,SIS Login ID,Section,Sums (7)\nPoints Possible,,,,5.00\n"Лавлейс, Ада",1,ada,A,\n'
    gradebook = lay(tmp_path / "canvas.csv", rows)
    done = run("export", "sums", "--to", "canvas", "--worksheet", gradebook, folder=course)
    assert done.exit_code == 1
    assert "A mark, and no row in the file (2): alan, charles." in done.output
    assert column(tmp_path / "canvas-sums-marks.csv", "Sums (7)") == ["5.00", "5.00"]


@pytest.mark.parametrize("kind", ExportKind)
def test_what_is_left_is_told_in_both_languages(kind):
    told = message(LEFT[kind], count=1, who="x", assignment="x")
    russian, english = (Terminal(Console(), each).text(told) for each in ("ru", "en"))
    assert russian != english


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sums", "--to", "moodle"], "--to moodle fills a file that was downloaded there."),
        (["sums", "--to", "csv", "--worksheet", "x.csv"], "takes no --worksheet"),
        (["summs", "--to", "csv"], "There is no assignment “summs” in source."),
        (["sums", "--to", "moodle", "--worksheet", "x.csv"], "x.csv has no column that tells who is who"),
        (["sums", "--to", "canvas", "--worksheet", "x.csv"], "none of Student, ID"),
    ],
)
def test_wrong_usage_is_exit_code_2(course, run, arguments, said):
    lay(course / "x.csv", "hello\n")
    done = run("export", *arguments, folder=course)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    beside = run("export", *arguments, "--json", folder=course)
    assert (beside.exit_code, beside.stdout, said in beside.stderr) == (2, "", True)
