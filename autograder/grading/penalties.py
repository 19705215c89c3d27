"""What a late submission loses: by nbgrader's columns, and by the plugin that the course configures for it."""

from datetime import datetime

from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import TraitError

from autograder.checks.messages import one_line
from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.grading.settings import require_known
from autograder.kinds import FaultKind


def due_date(submission: SubmittedAssignment) -> datetime | None:
    """The due date that counts for this student, the extension included, in UTC."""
    # nbgrader's own property fails where there is an extension and no due date.
    return submission.duedate if submission.assignment.duedate else None


def seconds_late(submission: SubmittedAssignment) -> float:
    """By how much the due date was missed; 0 where there is none, or no time of submission."""
    return submission.total_seconds_late if due_date(submission) else 0


def late_policy(course: Course) -> BasePlugin:
    """What the course configures for late submissions; CourseFault where its settings make nothing."""
    try:
        assigning = AssignLatePenalties(config=course.config)
        assigning.init_plugin()
    except TraitError as error:
        raise CourseFault(FaultKind.BAD_CONFIGURATION, error=one_line(str(error.__cause__ or error))) from error
    require_known(course, type(assigning.plugin_inst))
    return assigning.plugin_inst


def excess(grade: Grade) -> float:
    """By how many points a mark by hand is above what the cell has now: they were lowered after it was given."""
    return max(0.0, (grade.manual_score or 0.0) - grade.max_score)


def points_of(notebook: SubmittedNotebook) -> float:
    """The score of a notebook, in which no mark by hand is above what its cell has now."""
    return float(notebook.score - sum(map(excess, notebook.grades)))


def late_penalty(course: Course, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> float | None:
    """What the configured plugin takes off the notebook's points, between nothing and all of them; None if not late."""
    late = seconds_late(submission)
    if late <= 0:
        return None
    points = points_of(notebook)
    penalty = late_policy(course).late_submission_penalty(submission.student.id, points, late)
    return None if penalty is None else min(max(penalty, 0), max(points, 0))


def set_penalties(course: Course, submission: SubmittedAssignment) -> None:
    """Bring nbgrader's column up to the dates, the scores and the policy; the scores are to be flushed before."""
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = late_penalty(course, submission, notebook)
