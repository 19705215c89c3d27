"""Marks into the gradebook that Canvas exports, as its import reads it back.

That import knows a student by Canvas's own id, then by the ids of the student information system; an assignment by the
number behind its name; and compares marks at two decimals. Above the students stand rows that are nobody's.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.classroom.filling import Filling, Row, rows_to_fill
from autograder.classroom.late import FinalMark
from autograder.classroom.people import Handed, Person, known_student
from autograder.classroom.roster import is_nobody
from autograder.classroom.sheet import Sheet, read_number, read_sheet
from autograder.faults import CourseFault
from autograder.grading.course import nearest_names
from autograder.kinds import ExportKind, FaultKind

COLUMNS = {
    "name": ("student",),
    "last_name": ("lastname",),
    "first_name": ("firstname",),
    "id": ("id",),
    "login": ("sis login id",),
    "section": ("section",),
}
TITLE = re.compile(r"(?P<title>.*?)\s*\((?P<number>\d+)\)")
POINTS_POSSIBLE = "points possible"
READ_ONLY = "(read only)"
EXCUSED, NOT_ASSIGNED = "EX", "N/A"


def fill_gradebook(
    file: Path, assignment: str, people: Sequence[Person], marks: Mapping[str, FinalMark], column: str | None = None
) -> Filling:
    """The gradebook with these marks under the assignment, or the `column` of this title, number or heading.

    CourseFault where it is no gradebook of Canvas, or has no such column.
    """
    sheet = read_sheet(file)
    places = sheet.places(COLUMNS)
    if "id" not in places or not {"name", "last_name"} & set(places):
        raise CourseFault(FaultKind.NO_COLUMNS, file=str(file), wanted="Student, ID")
    possible = next((row for row in range(1, len(sheet.rows)) if POINTS_POSSIBLE in _first(sheet, row)), None)
    place = _assignment_place(file, sheet, places, possible, assignment, column)
    maximum = "" if possible is None else sheet.value(possible, place)
    filling = Filling(sheet)
    for row, student in rows_to_fill(filling, _rows(sheet, places, place, people), marks):
        there = sheet.value(row.number, place)
        mark = filling.scaled(marks[student], read_number(maximum))
        if there.upper() in (EXCUSED, NOT_ASSIGNED):
            filling.leave(ExportKind.EXCUSED if there.upper() == EXCUSED else ExportKind.NOT_ASSIGNED, student)
        elif mark is None:
            filling.leave(ExportKind.TOO_MANY, student)
        else:
            filling.write(row.number, place, student, mark, comma="," in maximum)
    return filling


def _first(sheet: Sheet, row: int) -> str:
    return sheet.value(row, 0).casefold()


def _assignment_place(
    file: Path, sheet: Sheet, places: Mapping[str, int], possible: int | None, assignment: str, column: str | None
) -> int:
    """Where the assignment's column is: its title has the letters and digits of the assignment's name."""

    def is_meant(heading: str) -> bool:
        found = TITLE.fullmatch(heading)
        title, number = (found["title"], found["number"]) if found else (heading, "")
        if column is not None:
            return column.strip().casefold() in (heading.casefold(), title.casefold(), number)
        return _letters(title) == _letters(assignment)

    first = places.get("section", max(places.values())) + 1
    columns = [
        (place, heading)
        for place, heading in enumerate(sheet.headings)
        if place >= first and (possible is None or sheet.value(possible, place) != READ_ONLY)
    ]
    meant = [place for place, heading in columns if is_meant(heading)]
    if len(meant) != 1:
        known = nearest_names(column or assignment, [heading for _place, heading in columns])
        raise CourseFault(FaultKind.NO_ASSIGNMENT_COLUMN, file=str(file), column=column or assignment, known=known)
    return meant[0]


def _letters(title: str) -> str:
    return re.sub(r"[\W_]", "", title).casefold()


def _rows(sheet: Sheet, places: Mapping[str, int], place: int, people: Sequence[Person]) -> list[Row]:
    """The rows of students."""
    rows = []
    for number in range(1, len(sheet.rows)):
        last, first = (sheet.value(number, places.get(each)) for each in ("last_name", "first_name"))
        name = sheet.value(number, places.get("name")) or f"{last}, {first}".strip(", ")
        if name and not is_nobody(name) and place < len(sheet.rows[number]):
            user, login = (sheet.value(number, places.get(each)) for each in ("id", "login"))
            rows.append(Row(number, name, _student(people, name, user, login)))
    return rows


def _student(people: Sequence[Person], name: str, user: str, login: str) -> str | None:
    """The student by Canvas's number, the login, the name, or the name as Canvas's archives have it."""
    by_number = [each.id for each in people if user and each.lms_user_id == user]
    by_login = [each.id for each in people if login and each.id.casefold() == login.casefold()]
    if len(found := by_number or by_login) == 1:
        return found[0]
    handed = Handed(name, "canvas", user)
    return known_student(handed, people, name, login) or known_student(handed, people, _letters(name))
