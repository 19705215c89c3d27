"""The feedback as one HTML page: nothing in it runs, nothing is fetched, and it prints."""

from functools import cache
from pathlib import Path

from jinja2 import Environment

from autograder.checks.messages import _
from autograder.classroom.feedback import fragments
from autograder.classroom.feedback.record import Answer, Check, Feedback, Points, Task
from autograder.classroom.late import days_and_time
from autograder.classroom.page import environment_of, styled
from autograder.classroom.records import Outcome
from autograder.classroom.sheet import as_number_in

SIGNS = {
    Outcome.PASSED: "✓", Outcome.PARTLY: "✗", Outcome.FAILED: "✗", Outcome.UNANSWERED: "✗", Outcome.UNDECIDED: "?"
}  # fmt: skip
OUTCOMES = {
    Outcome.PASSED: _("Right."),
    Outcome.PARTLY: _("Partly right: {points} of {max_points}."),
    Outcome.FAILED: _("Not right."),
    Outcome.UNANSWERED: _("Not answered."),
    Outcome.UNDECIDED: _("The check could not tell. This is not held against you: a person looks at it."),
}


def render(feedback: Feedback, folder: Path | None, basis: str) -> str:
    """The page in the student's language, with a note of what it rests on.

    Pictures that lie in the folder of the notebook are taken into it.
    """
    page = _environment(feedback.language).get_template("feedback.html")
    return page.render(
        feedback=feedback,
        basis=basis,
        text=lambda cell: fragments.text_of(cell, folder),
        **styled("feedback.css"),
    )


@cache  # a class's pages are made from one template
def _environment(language: str) -> Environment:
    environment = environment_of(language, lambda message: message.text(language))
    environment.globals.update(
        code=fragments.code,
        output=fragments.output,
        drawing=fragments.drawing,
        title=fragments.title,
        comment=fragments.markdown,
        sign=SIGNS.__getitem__,
        outcome=lambda points: _outcome(points, language),
        state=state,
        late=days_and_time,
        is_check=lambda item: isinstance(item, Check),
        is_answer=lambda item: isinstance(item, Answer),
    )
    return environment


def _outcome(points: Points, language: str) -> str:
    """What a check came to, in words."""
    given, most = (as_number_in(language, each or 0) for each in (points.points, points.max_points))
    return OUTCOMES[points.outcome].filled(points=given, max_points=most).text(language)


def state(task: Task) -> str:
    """How a task stands: `untouched`, `mend`, `waits`, `right`, `given` (by a person, not all points), or nothing."""
    if task.is_untouched:
        return "untouched"
    if task.to_mend:
        return "mend"
    if task.waits:
        return "waits"
    if not task.marks:
        return ""
    return "right" if all(mark.is_full for mark in task.marks) else "given"
