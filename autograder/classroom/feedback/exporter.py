"""Feedback as nbgrader makes it: an exporter for its `generate_feedback`, formgrader's button included.

Set in nbgrader_config.py:

    c.GenerateFeedback.exporter_class = "autograder.classroom.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.api import Grade, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests

from autograder.cells.metadata import grade_id
from autograder.checks.messages import printable
from autograder.classroom.feedback.page import render
from autograder.classroom.feedback.record import Feedback, Points, tasks_of, title_of
from autograder.classroom.gather import checked, full_name
from autograder.classroom.late import final_mark
from autograder.grading.course import Assignment, Course, course_notebooks
from autograder.grading.gradebook import open_gradebook
from autograder.grading.marking import CourseNotebooks
from autograder.grading.rebuild import language_of
from autograder.grading.results import GradedCell

Resources = dict[str, Any]


class FeedbackExporter(Exporter):
    """One marked notebook as a page in the student's language, with the marks that the gradebook has now."""

    output_mimetype = "text/html"

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._notebooks: dict[str, CourseNotebooks] = {}  # of each assignment, as the course has them

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
        feedback = read_feedback(assignment, self._of(assignment), nb, names["student"], names["notebook"])
        folder = resources.get("metadata", {}).get("path")
        return render(feedback, Path(folder) if folder else None), resources

    def _of(self, assignment: Assignment) -> CourseNotebooks:
        if assignment.name not in self._notebooks:
            self._notebooks[assignment.name] = course_notebooks(assignment)
        return self._notebooks[assignment.name]


def read_feedback(
    assignment: Assignment, notebooks: CourseNotebooks, marked: NotebookNode, student: str, notebook: str
) -> Feedback:
    """What the marked notebook, without its hidden tests, and the gradebook tell a student."""
    language = language_of(marked, notebooks[notebook])
    given = notebooks[notebook][language]
    cells = {grade_id(cell): cell for cell in marked.cells}
    with open_gradebook(assignment.course) as gradebook:
        stored = gradebook.find_submission_notebook(notebook, assignment.name, student)
        person = gradebook.find_student(student)
        final = final_mark(assignment.course, gradebook, assignment.name, student)
        if final is None:
            raise MissingEntry(f"nothing of {student} was marked in {assignment.name}")
        points = {grade.name: _points(grade, cells.get(grade.name)) for grade in stored.grades}
        comments = {comment.name: comment.manual_comment for comment in stored.comments if comment.manual_comment}
        return Feedback(
            student=printable(student),
            name=full_name(person.first_name, person.last_name),
            assignment=assignment.name,
            notebook=notebook,
            language=language,
            title=title_of(given) or notebook,
            tasks=tasks_of(marked, given, points, comments),
            final=final,
            notebooks=len(notebooks),
        )


def _points(grade: Grade, cell: NotebookNode | None) -> Points:
    seen = checked(GradedCell(grade.notebook.name, grade.name, grade.max_score, by_hand=False), grade, cell)
    return Points(
        points=seen.points,
        max_points=grade.max_score,
        outcome=seen.outcome,
        waits=grade.needs_manual_grade or seen.points is None,
        by_person=grade.manual_score is not None,
    )
