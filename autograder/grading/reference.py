"""The course's own answers, marked once as a submission: where a test fails with them, that is no student's fault."""

from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from autograder.cells.files import content_of, without_outputs
from autograder.cells.metadata import flags, is_grade, is_solution, may_raise, name_or_place
from autograder.cells.outputs import errors, first_error, values
from autograder.checks.messages import one_line
from autograder.checks.raised import Raised
from autograder.checks.verdicts import CouldNotTell
from autograder.grading.course import Assignment, data_files
from autograder.grading.judges import is_judged_inside
from autograder.grading.marked import CourseNotebooks, MarkedNotebook, Submission, could_not_tell
from autograder.grading.results import SourceFault


def reference(assignment: Assignment, course: CourseNotebooks) -> Submission | None:
    """The sources of the notebooks that have tests judged inside, as handed in; None where there are none.

    Tests judged outside are proved when they are released.
    """
    sources = {
        name: content_of(without_outputs(source))
        for name, source in assignment.sources().items()
        if any(is_judged_inside(cell) for cells in course[name].values() for cell in cells.cells)
    }
    # A folder can't have this name, so no student has it.
    return Submission(f"source/{assignment.name}", sources, data_files(assignment)) if sources else None


def unproved(name: str, marked: MarkedNotebook) -> list[SourceFault]:
    """The cells of a notebook that go wrong with the course's own answers: tests, and what is no answer.

    A cell without a name is told by its place in the notebook.
    """
    return [
        SourceFault(name, name_or_place(cell, place), one_line(_error(cell)))
        for place, cell in enumerate(marked.notebook.cells, start=1)
        if cell.cell_type == "code" and not is_solution(cell) and not may_raise(cell) and _goes_wrong(cell)
    ]


def _goes_wrong(cell: NotebookNode) -> bool:
    if not is_grade(cell):
        return first_error(cell.outputs) is not None
    if could_not_tell(cell):
        return True
    points, most = determine_grade(cell)
    return points < most


def _error(cell: NotebookNode) -> str:
    """What the cell shows instead: its error, or the mark that it gives, or what else there is."""
    own = [each for each in errors(cell.outputs) if each.ename != CouldNotTell.__name__]
    if own:
        return str(Raised(own[0].ename, own[0].evalue))
    if given := values(cell.outputs):
        return f"{given[0]}/{float(flags(cell)['points']):g}"
    return "".join(each.get("text") or each.get("evalue") or "" for each in cell.outputs)
