"""What `grade` would refuse of a course, as faults of its release: here course and grading meet."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.checks.messages import _
from autograder.course.faults import Fault
from autograder.grading.course import names_of_answers, open_course
from autograder.grading.handed_out import course_notebooks
from autograder.grading.rehearsal import Names, Rehearsed, rehearse
from autograder.grading.source_cells import fault_of_a_cell

if TYPE_CHECKING:
    from autograder.grading.marked import CourseNotebooks


def rehearsal_faults(course_root: Path, assignment: str, processes: Executor) -> list[Fault]:
    """A fault for the first cell of the course's own that `grade` could not run, tried in one of the processes."""
    found = open_course(course_root).assignment(assignment)
    try:
        wrong = processes.submit(_wrong, course_notebooks(found), names_of_answers(found)).result()
    except BrokenProcessPool:
        wrong = [Rehearsed(assignment, "", "it ends the process")]
    return [
        Fault(f"source/{assignment}/{each.notebook}.ipynb", each.cell,
              _("`grade`, which runs tests apart from the notebook, can't run it ({error})", error=each.error or ""),
              _("Import what is installed here, or define it, in a cell tagged `course`; rules.py can't be imported "
                "there, its rules come from `check`"))
        for each in wrong
    ]  # fmt: skip


def _wrong(course: CourseNotebooks, answers: Mapping[str, Names]) -> list[Rehearsed]:
    """Of what goes wrong the first, from which the rest may follow."""
    return list(islice((each for each in rehearse(course, answers) if each.error is not None), 1))


def refused_cell(course_root: Path, assignment: str) -> Fault | None:
    """The cell that keeps nbgrader from making a student's version, if it is one alone."""
    fault = fault_of_a_cell(open_course(course_root).assignment(assignment))
    if fault is None:
        return None
    told = fault.details
    return Fault(f"source/{assignment}/{told['notebook']}", told["cell"],
                 _("nbgrader can't release it ({error})", error=told["error"].partition("\n")[0]),
                 _("Mend it there"))  # fmt: skip
