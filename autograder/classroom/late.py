"""What a student's mark for an assignment is, once lateness is taken into account: the one place that says so."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from nbgrader.api import Assignment, Grade, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import selectinload, undefer

from autograder.classroom.dates import local, time_zone
from autograder.grading.course import Course
from autograder.grading.moves import entry_of, is_marked, open_record
from autograder.grading.penalties import due_date, excess, late_penalty, seconds_late, set_penalties
from autograder.grading.results import Cause
from autograder.kinds import CauseKind


@dataclass(frozen=True)
class FinalMark:
    """A student's mark for an assignment, out of all its points, those given by hand included.

    `due` is the due date that counts for the student and `handed_in` when it came, both in the course's time zone;
    None where there is none or it is not known. `points` are before the penalty, `mark` is after it.
    """

    student: str
    due: datetime | None
    extended: bool
    handed_in: datetime | None
    seconds_late: float
    points: float
    penalty: float
    max_points: float

    @property
    def mark(self) -> float:
        return self.points - self.penalty

    def as_plain(self) -> dict[str, Any]:
        """The same, and the mark, as what JSON can hold."""
        due, handed_in = (moment and moment.isoformat() for moment in (self.due, self.handed_in))
        return asdict(self) | {"due": due, "handed_in": handed_in, "mark": self.mark}


def days_and_time(seconds: float) -> tuple[int, str]:
    """How late something came, as whole days and `hours:minutes`; a minute begun counts."""
    hours, minutes = divmod(math.ceil(seconds / 60), 60)
    days, hours = divmod(hours, 24)
    return days, f"{hours:02}:{minutes:02}"


def final_mark(course: Course, gradebook: Gradebook, assignment: str, student: str) -> FinalMark | None:
    """The student's mark for the assignment, by the dates, scores and policy of now; None where none was given."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None
    return mark_of(course, submission, time_zone(course)) if is_marked(submission) else None


def final_marks(course: Course, gradebook: Gradebook, assignment: str) -> dict[str, FinalMark]:
    """The same for all who were marked, by student."""
    zone = time_zone(course)
    return {each.student_id: mark_of(course, each, zone) for each in marked_submissions(gradebook, assignment)}


def follow_dates(course: Course, gradebook: Gradebook, assignment: str) -> None:
    """Bring the penalties in the gradebook, which nbgrader and formgrader show, up to the dates and policy of now.

    Marks that move by this are recorded.
    """
    record = open_record(course)
    for each in marked_submissions(gradebook, assignment):
        before = entry_of(each)
        set_penalties(course, each)
        if (now := entry_of(each)) != before:
            record.add(assignment, each.student.id, before, now, (Cause(CauseKind.DATES),))
            gradebook.db.commit()  # one by one: meanwhile nobody can mark by hand


def marked_submissions(gradebook: Gradebook, assignment: str) -> Sequence[SubmittedAssignment]:
    """The submissions that were marked, with all that is asked of them, in a few queries for the whole class."""
    grades = selectinload(SubmittedAssignment.notebooks).selectinload(SubmittedNotebook.grades)
    sums = (SubmittedAssignment.score, SubmittedAssignment.max_score)
    found = (
        gradebook.db.query(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment)
        .options(grades.selectinload(Grade.cell), *map(undefer, sums))
    )
    return [each for each in found if is_marked(each)]


def mark_of(course: Course, submission: SubmittedAssignment, zone: ZoneInfo) -> FinalMark:
    """The mark of a submission that was marked, with its times in this zone."""
    due = due_date(submission)
    return FinalMark(
        student=submission.student_id,
        due=local(due, zone) if due else None,
        extended=submission.extension is not None,
        handed_in=local(submission.timestamp, zone) if submission.timestamp else None,
        seconds_late=seconds_late(submission),
        points=submission.score - sum(excess(grade) for each in submission.notebooks for grade in each.grades),
        penalty=sum(late_penalty(course, submission, notebook) or 0 for notebook in submission.notebooks),
        max_points=submission.max_score,
    )
