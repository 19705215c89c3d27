"""Which cell of a source nbgrader can't make a released one of: its own errors name none."""

from collections.abc import Iterator
from copy import deepcopy

from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import InstantiateTests, NbGraderPreprocessor, SaveCells
from traitlets.config import Config

from autograder.cells.files import read_source
from autograder.cells.metadata import grade_id
from autograder.grading.course import Assignment
from autograder.grading.results import CourseFault
from autograder.kinds import FaultKind

NOT_OF_ONE_CELL = (InstantiateTests, SaveCells)  # they ask a kernel or the gradebook


def fault_of_a_cell(assignment: Assignment) -> CourseFault | None:
    """The first cell that one of nbgrader's steps fails on, alone; one without a name is told by its place."""
    course = assignment.course
    steps = GenerateAssignment(coursedir=course.directory(assignment_id=assignment.name), config=course.config)
    for path in assignment.notebooks():
        names = {"notebook": path.stem, "assignment": assignment.name, "student": ".", "db_url": course.db_url}
        for place, cell in enumerate(read_source(path).cells, start=1):
            error = next(_errors(cell, steps.preprocessors, course.config, {"nbgrader": names}), None)
            if error is not None:
                label = grade_id(cell) or f"#{place}"
                return CourseFault(FaultKind.SOURCE_CELL, cell=label, notebook=path.name, error=error)
    return None


def _errors(
    cell: NotebookNode, steps: list[type[NbGraderPreprocessor]], config: Config, resources: dict[str, dict[str, str]]
) -> Iterator[str]:
    for step in steps:
        if step not in NOT_OF_ONE_CELL:
            try:
                step(config=config).preprocess(new_notebook(cells=[deepcopy(cell)]), deepcopy(resources))
            except Exception as error:  # whatever it is, it is what nbgrader stops at
                yield f"{type(error).__name__}: {error}"
