"""Feedback as nbgrader makes it: an exporter for its `generate_feedback`, formgrader's button included.

Set in nbgrader_config.py:

    c.GenerateFeedback.exporter_class = "autograder.classroom.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests

from autograder.cells.metadata import grade_id
from autograder.checks.messages import printable
from autograder.classroom.feedback.basis import CourseBasis, basis_of, given_in
from autograder.classroom.feedback.page import render
from autograder.classroom.feedback.record import Feedback, Points, tasks_of, title_of
from autograder.classroom.feedback.recorded import CellMark, Recorded, recorded
from autograder.classroom.gather import checked
from autograder.grading.course import Assignment, Course
from autograder.grading.marked import CourseNotebooks
from autograder.grading.rebuild import language_of
from autograder.grading.results import GradedCell

Resources = dict[str, Any]


class FeedbackExporter(Exporter):
    """One marked notebook as a page in the student's language, with the marks that the gradebook has now."""

    output_mimetype = "text/html"

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._given: dict[str, CourseBasis] = {}  # by assignment

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # as of every exporter whose output is a text
        self, nb: NotebookNode, resources: Resources | None = None, **settings: Any
    ) -> tuple[str, Resources]:
        nb, resources = super().from_notebook_node(nb, resources, **settings)
        nb, resources = ClearHiddenTests(parent=self)(nb, resources)
        names = resources["nbgrader"]
        course = Course(Path(CourseDirectory(config=self.config).root), self.config)
        assignment = Assignment(course, names["assignment"])
        given, known = self.given(assignment), self.recorded(assignment, names["student"], names["notebook"])
        path = resources.get("metadata", {}).get("path")
        folder = Path(path) if path else None
        feedback = feedback_on(assignment, given.notebooks, nb, known, names["notebook"])
        return render(feedback, folder, basis_of(given, folder, known)), resources

    def given(self, assignment: Assignment) -> CourseBasis:
        """What the course gives to every page."""
        if assignment.name not in self._given:
            self._given[assignment.name] = given_in(assignment)
        return self._given[assignment.name]

    def recorded(self, assignment: Assignment, student: str, notebook: str) -> Recorded:
        """What the gradebook has for the notebook now."""
        return recorded(assignment, student, notebook)


def feedback_on(
    assignment: Assignment, notebooks: CourseNotebooks, marked: NotebookNode, known: Recorded, notebook: str
) -> Feedback:
    """What the marked notebook, without its hidden tests, and the gradebook tell a student."""
    language = language_of(marked, notebooks[notebook])
    given = notebooks[notebook][language]
    cells = {grade_id(cell): cell for cell in marked.cells}
    points = {name: _points(notebook, name, mark, cells.get(name)) for name, mark in known.cells.items()}
    return Feedback(
        student=printable(known.final.student),
        name=known.name,
        assignment=assignment.name,
        notebook=notebook,
        language=language,
        title=title_of(given) or notebook,
        tasks=tasks_of(marked, given, points, known.comments),
        final=known.final,
        notebooks=len(notebooks),
    )


def _points(notebook: str, name: str, mark: CellMark, cell: NotebookNode | None) -> Points:
    seen = checked(GradedCell(notebook, name, mark.max_score, by_hand=False), mark, cell)
    return Points(
        points=seen.points,
        max_points=mark.max_score,
        outcome=seen.outcome,
        waits=mark.needs_manual_grade or seen.points is None,
        by_person=mark.manual_score is not None,
    )
