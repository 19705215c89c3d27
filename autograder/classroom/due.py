"""Due dates and extensions, kept where nbgrader keeps them: read, set and taken away."""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import Assignment, Gradebook, MissingEntry

from autograder.classroom.dates import local, time_zone
from autograder.faults import CourseFault
from autograder.grading.course import Course, nearest_names
from autograder.grading.gradebook import submission_of
from autograder.grading.submissions import students
from autograder.kinds import FaultKind


@dataclass(frozen=True)
class DueDates:
    """When an assignment is due, and until when each student with an extension has time, in the course's time zone."""

    due: datetime | None
    extensions: dict[str, datetime]


def due_dates(course: Course, gradebook: Gradebook, assignment: str) -> DueDates:
    """What is set for an assignment of the gradebook."""
    zone = time_zone(course)
    found = gradebook.find_assignment(assignment)
    until = {student: local(moment, zone) for student, moment in sorted(_extensions(found).items())}
    return DueDates(local(found.duedate, zone) if found.duedate else None, until)


def stored_dates(gradebook: Gradebook, assignment: str) -> tuple[datetime | None, dict[str, datetime]]:
    """The due date, and until when each student with an extension has time, in UTC; none where nothing was marked."""
    try:
        found = gradebook.find_assignment(assignment)
    except MissingEntry:
        return None, {}
    return found.duedate, _extensions(found)


def set_due_date(gradebook: Gradebook, assignment: str, due: datetime | None) -> tuple[str, ...]:
    """Set the due date, in UTC; None takes it away, and the extensions with it. Gives whose extensions went.

    Who has an extension until a day has it until that day still; one that ends before the new due date goes.
    """
    found = gradebook.find_assignment(assignment)
    until = _extensions(found)
    found.duedate = due
    for submission in found.submissions:
        end = until.get(submission.student.id)
        submission.extension = end - due if end and due and end > due else None
    gradebook.db.commit()
    return tuple(sorted(until.keys() - _extensions(found).keys()))


def set_extension(course: Course, gradebook: Gradebook, assignment: str, student: str, until: datetime | None) -> None:
    """Give a student time until then, in UTC; None takes the extension away. The student need not have submitted."""
    due = gradebook.find_assignment(assignment).duedate
    if due is None and until is not None:
        raise CourseFault(FaultKind.NO_DUE_DATE, assignment=assignment)
    if until is not None and until <= due:
        raise CourseFault(FaultKind.EARLY_EXTENSION, assignment=assignment)
    _require_student(course, gradebook, student)
    submission_of(gradebook, assignment, student).extension = until - due if until else None
    gradebook.db.commit()


def _extensions(assignment: Assignment) -> dict[str, datetime]:
    """The end of each extension, in UTC."""
    return {
        submission.student.id: submission.duedate
        for submission in assignment.submissions
        if submission.extension is not None and assignment.duedate is not None
    }


def _require_student(course: Course, gradebook: Gradebook, student: str) -> None:
    """CourseFault where nobody of this name is in the gradebook or has handed anything in."""
    handed_in = students(course) if course.submitted.is_dir() else ()
    if student in handed_in:
        return
    try:
        gradebook.find_student(student)
    except MissingEntry as error:
        known = {each.id for each in gradebook.students}.union(handed_in)
        raise CourseFault(FaultKind.NOT_ENROLLED, student=student, known=nearest_names(student, known)) from error
