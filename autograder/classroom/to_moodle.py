"""Marks into Moodle's grading worksheet, as its import of grades reads it back.

That import finds the columns by their headings in the user's language, and the participant by the number at the end of
the identifier. It passes over grades that are out of range or locked, but not over comments of those.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

from autograder.classroom.filling import Filling, Row, rows_to_fill
from autograder.classroom.late import FinalMark
from autograder.classroom.people import Handed, Person, known_student
from autograder.classroom.sheet import Sheet, as_text, read_number, read_sheet
from autograder.classroom.worksheet import COLUMNS, NO_MOMENT, NUMBER
from autograder.faults import CourseFault
from autograder.kinds import ExportKind, FaultKind

GRADE_COLUMNS = {
    "grade": ("grade", "оценка"),
    "maximum": ("maximum grade", "максимальная оценка"),
    "scale": ("scale", "шкала"),
    "can_change": ("grade can be changed", "оценка может быть изменена"),
    "graded": ("last modified (grade)", "последнее изменение (оценка)"),
    "comment": ("feedback comments", "отзыв в виде комментария"),
}
CAN_CHANGE = ("yes", "да", "")
NOT_IN_A_FILE_NAME = re.compile(r"[\x00-\x1f\x7f&<>\"`|':\\/]")
HIDDEN = ".~ "  # a file whose name begins so is passed over
Describe = Callable[[FinalMark, str], str]  # what a student reads of the mark, in a language


def fill_worksheet(
    file: Path, assignment: str, people: Sequence[Person], marks: Mapping[str, FinalMark], describe: Describe
) -> Filling:
    """The worksheet with these marks and what `describe` says of them; CourseFault where it can't take any."""
    sheet = read_sheet(file)
    places = sheet.places(COLUMNS | GRADE_COLUMNS)
    _require_columns(file, places)
    language = "en" if sheet.headings[places["grade"]].isascii() else "ru"
    comma = _writes_commas(sheet, places, language)
    filling = Filling(sheet, has_comments="comment" in places)
    for row, student in rows_to_fill(filling, _rows(sheet, places, people), marks):
        if sheet.value(row.number, places.get("can_change")).casefold() not in CAN_CHANGE:
            filling.leave(ExportKind.LOCKED, student)
            continue
        mark = filling.scaled(marks[student], read_number(sheet.value(row.number, places.get("maximum"))))
        if mark is None:
            filling.leave(ExportKind.TOO_MANY, student)
            continue
        filling.write(row.number, places["grade"], student, mark, comma)
        filling.prefixes[student] = _prefix(sheet, places, row)
        if sheet.value(row.number, places.get("graded")) not in NO_MOMENT:
            filling.graded_before += 1
        if "comment" in places:
            comment = escape(f"{assignment}: {describe(marks[student], language)}", quote=False)  # taken for HTML
            _write_comment(filling, row.number, places["comment"], student, as_text(comment))
    return filling


def _require_columns(file: Path, places: Mapping[str, int]) -> None:
    if "participant" not in places:
        raise CourseFault(FaultKind.NO_COLUMNS, file=str(file), wanted="Identifier, Идентификатор")
    if "grade" not in places:
        raise CourseFault(FaultKind.NO_GRADE_COLUMN, file=str(file), wanted="Grade, Оценка")
    if "scale" in places:
        raise CourseFault(FaultKind.SCALE, file=str(file))


def _writes_commas(sheet: Sheet, places: Mapping[str, int], language: str) -> bool:
    """Whether numbers have a decimal comma: as those in the worksheet have, or its language."""
    numbers = (sheet.value(row, places.get(name)) for row in range(1, len(sheet.rows)) for name in ("maximum", "grade"))
    return next(("," in number for number in numbers if set(number) & {",", "."}), language == "ru")


def _rows(sheet: Sheet, places: Mapping[str, int], people: Sequence[Person]) -> list[Row]:
    """The rows of participants; of those who are marked blindly the worksheet has no name."""
    rows = []
    for number in range(1, len(sheet.rows)):
        identifier, name, email = (
            sheet.value(number, places.get(each)) for each in ("participant", "full_name", "email")
        )
        participant = NUMBER.search(identifier)
        if participant is None or places["grade"] >= len(sheet.rows[number]):
            continue
        handed = Handed(name or _word(identifier), "moodle", participant[1])
        rows.append(Row(number, name or identifier, known_student(handed, people, handed.name, email)))
    return rows


def _word(identifier: str) -> str:
    """`Participant` of `Participant 123`."""
    return NUMBER.sub("", identifier).strip()


def _prefix(sheet: Sheet, places: Mapping[str, int], row: Row) -> str:
    """How Moodle begins the name of a file that a participant has handed in, and knows whose feedback it is."""
    identifier = sheet.value(row.number, places["participant"])
    name = sheet.value(row.number, places.get("full_name")) or _word(identifier)
    participant = NUMBER.search(identifier)
    plain = NOT_IN_A_FILE_NAME.sub("", name.replace("_", " ")).strip(HIDDEN) or "Participant"
    return f"{plain}_{participant[1] if participant else ''}_assignsubmission_file_"


def _write_comment(filling: Filling, row: int, place: int, student: str, comment: str) -> None:
    """Write the comment, unless somebody has written one there that does not begin as ours do."""
    there = filling.sheet.value(row, place)
    beginning = comment[: comment.index(":") + 1]
    if place >= len(filling.sheet.rows[row]) or (there and not there.startswith(beginning)):
        filling.leave(ExportKind.OTHERS_COMMENT, student)
    else:
        filling.texts[row, place] = comment
