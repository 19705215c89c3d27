"""The same marking under nbgrader's own autograde, formgrader's button included: two preprocessors for its lists.

Set in nbgrader_config.py:

    c.Autograde.sanitize_preprocessors = ["autograder.grading.preprocessors.MarkOutside"]
    c.Autograde.autograde_preprocessors = [
        "autograder.grading.preprocessors.SaveMarks", "nbgrader.preprocessors.AssignLatePenalties",
    ]
"""

import weakref
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool, Float, HasTraits

from autograder.attention import told
from autograder.cells.files import content_of
from autograder.cells.imports import modules_of
from autograder.checks.messages import printable
from autograder.checks.seeds import new_seed
from autograder.grading.course import Assignment, Course
from autograder.grading.guard import guarded
from autograder.grading.handed_out import course_notebooks
from autograder.grading.marked import could_not_tell, to_look_at
from autograder.grading.marking import mark_notebook
from autograder.grading.reading import read_submitted
from autograder.grading.stamp import STAMP, Stamp
from autograder.grading.submissions import collect, submission_fingerprint
from autograder.process.limits import Limits
from autograder.process.warm import Mode, Zygote

Resources = dict[str, Any]


class MarkOutside(NbGraderPreprocessor):
    """Rebuilds the notebook on the course's own, runs the answers in the sandbox, and judges them outside of it."""

    cpu_seconds = Float(Limits.cpu_seconds, help="Seconds of computing for one cell or one check.").tag(config=True)
    total_seconds = Float(Limits.total_seconds, help="Seconds for a submission as a whole.").tag(config=True)
    unsafe = Bool(False, help="Run students' code with your own rights, where there is no sandbox.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        names = resources["nbgrader"]
        course = Course(Path(CourseDirectory(config=self.config).root), self.config)
        assignment = Assignment(course, names["assignment"])
        notebooks = course_notebooks(assignment)
        submission = guarded(names["student"], collect, assignment, names["student"], notebooks)
        given = read_submitted(names["notebook"], content_of(nb), notebooks[names["notebook"]])
        limits = Limits(self.cpu_seconds, total_seconds=self.total_seconds)
        files, seed = getattr(submission, "files", {}), new_seed()  # the last one went with the marks, nbgrader's way
        zygote = _warm_process(self.parent or self, limits, "cold" if self.unsafe else "sandbox", assignment)
        marked = mark_notebook(notebooks[names["notebook"]], given, zygote, limits, seed, files)
        for each in to_look_at(marked):
            self.log.warning(printable(told(names["student"], each.kind, each.cell).text("en")))
        handed_in = submission_fingerprint(assignment, names["student"])
        marked.notebook.metadata[STAMP] = Stamp(handed_in, seed=seed).as_plain()
        return marked.notebook, resources


def _warm_process(run: HasTraits, limits: Limits, mode: Mode, assignment: Assignment) -> Zygote:
    """The warm process of a run of nbgrader and its assignment, which ends with the run.

    The run is nbgrader's exporter: it lives as long, while preprocessors are made anew for each notebook.
    """
    started = vars(run).setdefault("autograder_warm", {})
    if assignment.name not in started:
        started[assignment.name] = zygote = Zygote(limits, mode, modules_of(assignment.source))
        weakref.finalize(run, zygote.close)
    return started[assignment.name]


class SaveMarks(SaveAutoGrades):
    """As nbgrader's, but what the grader could not tell stays without a mark."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if could_not_tell(cell):
            grade = self.gradebook.find_grade(
                cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id
            )
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()
        return cell, resources
