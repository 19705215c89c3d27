"""Marks as a plain table: the columns of nbgrader's own export, by how much each was late, whether it is final."""

import csv
import io
from collections.abc import Container, Mapping, Sequence

from autograder.classroom.late import FinalMark
from autograder.classroom.people import Person
from autograder.classroom.sheet import as_number, as_text
from autograder.classroom.tables import BOM

COLUMNS = (
    "assignment", "duedate", "timestamp", "seconds_late", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score", "needs_manual_grade",
)  # fmt: skip


def table_of_marks(
    assignment: str, people: Sequence[Person], marks: Mapping[str, FinalMark], not_final: Container[str] = ()
) -> bytes:
    """A row a student; times are in the course's time zone. It begins with a mark by which Excel knows UTF-8."""
    known = {each.id: each for each in people}
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for student, mark in sorted(marks.items()):
        times = [moment.isoformat(" ") if moment else "" for moment in (mark.due, mark.handed_in)]
        person = known[student]
        names = map(as_text, (student, person.last_name, person.first_name, person.email))
        numbers = map(as_number, (mark.points, mark.penalty, mark.mark, mark.max_points))
        writer.writerow(
            [as_text(assignment), *times, f"{mark.seconds_late:.0f}", *names, *numbers, student in not_final]
        )
    return (BOM + table.getvalue()).encode()
