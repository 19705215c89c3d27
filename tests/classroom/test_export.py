"""Marks go into what Moodle and Canvas take back: the files in `exports/` are as Moodle's own writer of CSV, and Canvas,
write them; Python's csv reads what came out."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from grading.small_course import answered
from rich.console import Console

from autograder.classroom.collecting import collect_downloads
from autograder.classroom.filling import Filling, Left, Rescaled
from autograder.classroom.late import FinalMark
from autograder.classroom.people import Person
from autograder.classroom.to_canvas import fill_gradebook
from autograder.classroom.to_csv import COLUMNS, table_of_marks
from autograder.classroom.to_moodle import fill_worksheet
from autograder.cli.export import describing
from autograder.cli.terminal import Terminal
from autograder.faults import CourseFault
from autograder.kinds import ExportKind, FaultKind
from classroom.made_downloads import lay, make_zip

FILES = Path(__file__).parent / "exports"
NOVEMBER = datetime(2026, 11, 28, 17, 30, tzinfo=UTC)
DAY = 24 * 60 * 60
PEOPLE = (
    Person("ivanov", "Иван", "Иванов", "ivanov@uni.ru", "4001"),
    Person("petrova@uni.ru", "Анна", "Петрова", "petrova@uni.ru"),
    Person("liam", "Лиам", "О'Брайен", "liam@uni.ru", "4003"),
    Person("formula", "+SUM(1)", "=2+3", "formula@uni.ru", "4004"),
    Person("sidorov", "Пётр", "Сидоров", "sidorov@uni.ru", "4005"),
    Person("participant-101"), Person("participant-102"), Person("participant-103"),
)  # fmt: skip


def mark(student: str, points: float, days_late: float = 0, penalty: float = 0, max_points: float = 15) -> FinalMark:
    return FinalMark(student, NOVEMBER, False, NOVEMBER, days_late * DAY, points, penalty, max_points)


def by_student(marks: Iterable[FinalMark]) -> dict[str, FinalMark]:
    return {each.student: each for each in marks}


MARKS = by_student(
    [mark("ivanov", 11.25, 1.5, 1.125), mark("petrova@uni.ru", 15), mark("liam", 12), mark("formula", 9)]
)


def moodle(file: Path, marks=MARKS, people=PEOPLE, assignment="variant2") -> Filling:
    return fill_worksheet(file, assignment, people, marks, describing(Terminal(Console(), "en")))


def table(content: bytes, encoding: str = "utf-8-sig", separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline=""), delimiter=separator))


def assert_only_these_differ(before: bytes, after: bytes, columns: set[str]) -> None:
    rows_before, rows_after = table(before), table(after)
    assert len(rows_before) == len(rows_after)
    for one, other in zip(rows_before, rows_after, strict=True):
        assert {name for name in one if one[name] != other[name]} <= columns


def test_a_russian_worksheet_is_filled_in_its_language_and_nothing_else_changes():
    file = FILES / "moodle-ru.csv"
    filling = moodle(file)

    assert filling.content() == (FILES / "moodle-ru-filled.csv").read_bytes()
    assert_only_these_differ(file.read_bytes(), filling.content(), {"Оценка", "Отзыв в виде комментария"})
    rows = table(filling.content())
    assert [row["Оценка"] for row in rows] == ["67,50", "100,00", "90,00", "60,00", "", ""]
    assert rows[0]["Отзыв в виде комментария"] == (
        "variant2: 11,25 из 15 баллов, опоздание 1 д 12:00, штраф 1,13; оценка 10,13."
    )
    assert filling.left == [
        Left(ExportKind.OTHERS_COMMENT, "petrova@uni.ru"),
        Left(ExportKind.LOCKED, "liam"),
        Left(ExportKind.OTHERS_COMMENT, "formula"),
        Left(ExportKind.UNKNOWN, "Гость Марк"),
    ]
    assert (filling.rescaled, filling.graded_before) == (Rescaled(15, 100), 1)
    assert filling.prefixes["ivanov"] == "Иванов Иван_1000101_assignsubmission_file_"
    assert filling.prefixes["formula"] == "=2+3, Формула_1000104_assignsubmission_file_"


def test_participants_without_names_are_known_by_their_numbers():
    file = FILES / "moodle-en-blind.csv"
    marks = by_student(mark(f"participant-{number}", 7.5) for number in (101, 103))
    filling = moodle(file, marks)

    assert filling.content() == (FILES / "moodle-en-blind-filled.csv").read_bytes()
    assert_only_these_differ(file.read_bytes(), filling.content(), {"Grade", "Feedback comments"})
    assert filling.left == [Left(ExportKind.LOCKED, "participant-103")]
    assert filling.prefixes == {"participant-101": "Participant_101_assignsubmission_file_"}
    assert filling.rescaled is None


@pytest.mark.parametrize(
    ("packed", "fill", "rows"),
    [
        (
            ("Participant_101_assignsubmission_file_/sums.ipynb", "Participant_102_assignsubmission_file_/sums.ipynb"),
            lambda people, marks: moodle(FILES / "moodle-en-blind.csv", marks, people),
            {1, 2},
        ),
        (
            ("Гость Марк_1000105_assignsubmission_file_sums.ipynb",),
            lambda people, marks: moodle(FILES / "moodle-ru.csv", marks, people),
            {5},
        ),
        (
            ("guestmark_4006_88_sums.ipynb", "ivanovivan_LATE_4001_89_sums-1.ipynb"),
            lambda people, marks: fill_gradebook(FILES / "canvas.csv", "variant2", people, marks),
            {3, 8},
        ),
    ],
    ids=["blindly marked", "not in the class list", "of Canvas"],
)
def test_whom_collect_made_an_id_for_gets_the_mark(course, tmp_path, packed, fill, rows):
    archive = lay(tmp_path / "a.zip", make_zip(dict.fromkeys(packed, answered())))
    made = [row.student for row in collect_downloads(course.assignment("sums"), [archive]).rows]
    filling = fill(tuple(map(Person, made)), by_student(mark(student, 3) for student in made))

    assert set(filling.written) == set(made)
    assert {row for row, _place in filling.texts} == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_excel_makes_of_a_worksheet_stays_as_it_is(tmp_path, encoding, ending):
    lines = (
        "Идентификатор;Полное имя;Оценка;Максимальная оценка;Отзыв в виде комментария",
        "Участник7;Иванов Иван;;10,0;",
        "Участник8;Никто;4,0;10,0;было",
        "",
    )
    filling = moodle(lay(tmp_path / "s.csv", ending.join(lines).encode(encoding)))
    comment = '"variant2: 11,25 из 15 баллов, опоздание 1 д 12:00, штраф 1,13; оценка 10,13."'
    expected = (lines[0], f"Участник7;Иванов Иван;6,75;10,0;{comment}", *lines[2:])

    assert filling.content() == ending.join(expected).encode(encoding)


@pytest.mark.parametrize(("assignment", "beginning"), [("variant2", "variant2: "), ("=a<b &c", "'=a&lt;b &amp;c: ")])
def test_a_comment_is_html_and_no_formula_and_takes_the_place_of_an_earlier_one(tmp_path, assignment, beginning):
    first = moodle(FILES / "moodle-ru.csv", assignment=assignment).content()
    assert table(first)[0]["Отзыв в виде комментария"].startswith(beginning + "11,25 из 15 баллов, опоздание")

    marks = MARKS | by_student([mark("ivanov", 3)])
    rows = table(moodle(lay(tmp_path / "first.csv", first), marks, assignment=assignment).content())
    assert (rows[0]["Оценка"], rows[0]["Отзыв в виде комментария"]) == ("20,00", beginning + "3 из 15 баллов.")
    assert rows[1]["Отзыв в виде комментария"] == '<p>Хорошая, но "короткая" работа</p>'


def test_who_has_no_row_two_rows_or_too_many_points_is_told(tmp_path):
    rows = "Identifier,Full name,Grade,Maximum grade\nParticipant 1,Иванов Иван,,10\nParticipant 2,Иванов Иван,,10\n"
    file = lay(tmp_path / "s.csv", rows + "Participant 3,Сидоров Пётр,,10\nParticipant 4,short\n")
    filling = moodle(file, by_student([mark("ivanov", 5), mark("liam", 5), mark("sidorov", 16)]))

    assert filling.left == [
        Left(ExportKind.TWICE, "Иванов Иван"), Left(ExportKind.TWICE, "Иванов Иван"),
        Left(ExportKind.TOO_MANY, "sidorov"), Left(ExportKind.NO_ROW, "liam"),
    ]  # fmt: skip
    assert filling.content() == file.read_bytes()


@pytest.mark.parametrize(
    ("headings", "fault"),
    [
        ("Full name,Grade", FaultKind.NO_COLUMNS),
        ("Identifier,Full name", FaultKind.NO_GRADE_COLUMN),
        ("Bezeichner,Vollständiger Name,Bewertung", FaultKind.NO_COLUMNS),
        ("Identifier,Grade,Scale", FaultKind.SCALE),
        ("", FaultKind.NO_COLUMNS),
    ],
)
def test_a_worksheet_that_takes_no_marks_is_told(tmp_path, headings, fault):
    with pytest.raises(CourseFault) as raised:
        moodle(lay(tmp_path / "s.csv", headings + "\n"))
    assert raised.value.fault is fault


def test_canvas_gets_the_marks_under_the_assignment_and_nothing_else_changes():
    file = FILES / "canvas.csv"
    filling = fill_gradebook(file, "variant2", PEOPLE, MARKS | by_student([mark("sidorov", 1)]))

    assert filling.content() == (FILES / "canvas-filled.csv").read_bytes()
    assert_only_these_differ(file.read_bytes(), filling.content(), {"Variant 2 (77)"})
    given = {row["Student"]: row["Variant 2 (77)"] for row in table(filling.content())}
    assert list(given.values()) == ["Manual Posting", "100,00", "67,50", "100,00", "EX", "60,00", "N/A", "", ""]
    assert filling.left == [
        Left(ExportKind.EXCUSED, "liam"), Left(ExportKind.NOT_ASSIGNED, "sidorov"),
        Left(ExportKind.UNKNOWN, "Guest, Mark"),
    ]  # fmt: skip
    assert filling.rescaled == Rescaled(15, 100)


@pytest.mark.parametrize("column", ["Variant 3", "variant 3 (78)", "78"])
def test_canvas_column_may_be_named(column):
    filling = fill_gradebook(FILES / "canvas.csv", "lab", PEOPLE, by_student([mark("ivanov", 7.5)]), column)
    assert table(filling.content())[2]["Variant 3 (78)"] == "7,50"


@pytest.mark.parametrize(
    ("assignment", "column"), [("lab", None), ("variant2", "79"), ("variant2", "Notes"), ("lab", "Current Score")]
)
def test_a_column_that_is_not_there_or_not_to_be_written_is_told(assignment, column):
    with pytest.raises(CourseFault) as raised:
        fill_gradebook(FILES / "canvas.csv", assignment, PEOPLE, MARKS, column)
    assert raised.value.fault is FaultKind.NO_ASSIGNMENT_COLUMN
    assert "Variant 2 (77)" in raised.value.details["known"]


def test_canvas_with_first_and_last_names_and_semicolons(tmp_path):
    rows = (
        "LastName;FirstName;ID;SIS Login ID;Section;Variant 2 (77)\r\nPoints Possible;;;;;15\r\nИванов;Иван;4001;;A;\r\n"
    )
    filling = fill_gradebook(lay(tmp_path / "c.csv", rows), "variant2", PEOPLE, MARKS)
    assert filling.content().decode() == rows.replace(";A;\r\n", ";A;10.13\r\n")


def test_a_plain_table_has_nbgraders_columns_and_holds_no_formula():
    rows = table(table_of_marks("variant2", PEOPLE, MARKS | by_student([mark("liam", -1)])))
    assert list(rows[0]) == list(COLUMNS)
    ivanov, formula, liam = (next(row for row in rows if row["student_id"] == name)
                             for name in ("ivanov", "formula", "liam"))  # fmt: skip
    assert (formula["last_name"], formula["first_name"]) == ("'=2+3", "'+SUM(1)")
    assert liam["score"] == "-1.00"
    assert [ivanov[name] for name in ("raw_score", "late_submission_penalty", "score", "max_score")] == [
        "11.25", "1.13", "10.13", "15.00",
    ]  # fmt: skip
    assert (ivanov["seconds_late"], ivanov["duedate"]) == ("129600", "2026-11-28 17:30:00+00:00")
