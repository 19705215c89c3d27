"""Which cell of a source nbgrader can't make a released one of: its own errors name none."""

from collections.abc import Iterator
from contextlib import chdir
from copy import deepcopy
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import IncludeHeaderFooter, InstantiateTests, NbGraderPreprocessor, SaveCells
from traitlets.config import Config

from autograder.cells.files import read_notebook
from autograder.cells.metadata import name_or_place
from autograder.checks.messages import one_line
from autograder.checks.raised import Raised
from autograder.faults import CourseFault
from autograder.grading.course import Assignment
from autograder.kinds import FaultKind

NOT_OF_ONE_CELL = (IncludeHeaderFooter, InstantiateTests, SaveCells)  # they ask other files, a kernel, the gradebook


def fault_of_a_cell(assignment: Assignment) -> CourseFault | None:
    """The first cell that one of nbgrader's steps fails on, alone, or that stops it where it writes tests.

    One without a name is told by its place.
    """
    course = assignment.course
    steps = GenerateAssignment(coursedir=course.directory(assignment_id=assignment.name), config=course.config)
    for path in assignment.notebooks():
        names = {"notebook": path.stem, "assignment": assignment.name, "student": ".", "db_url": course.db_url}
        source = read_notebook(path)
        for place, cell in enumerate(source.cells, start=1):
            alone = NotebookNode({**source, "cells": [cell]})
            error = next(_errors(alone, steps.preprocessors, course.config, {"nbgrader": names}), None)
            if error is not None:
                label = name_or_place(cell, place)
                return CourseFault(FaultKind.SOURCE_CELL, cell=label, notebook=path.name, error=error)
        writer = _TestWriter(parent=steps)
        try:
            with chdir(course.root):  # where nbgrader looks for the templates of tests
                writer.preprocess(deepcopy(source), {"nbgrader": names, "metadata": {"path": str(path.parent)}})
        except CellExecutionError as stopped:  # it has no text that it could be shown by
            error = one_line(str(Raised(stopped.ename, stopped.evalue)))
            return CourseFault(FaultKind.SOURCE_CELL, cell=writer.begun, notebook=path.name, error=error)
        except Exception:  # it is told as nbgrader says it
            continue
    return None


class _TestWriter(InstantiateTests):
    """Writes tests by what the source's cells give (AUTOTEST), and notes which cell it has come to."""

    begun = ""

    def preprocess_cell(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> Any:
        self.begun = name_or_place(cell, index + 1)
        return super().preprocess_cell(cell, resources, index)


def _errors(
    notebook: NotebookNode, steps: list[type[NbGraderPreprocessor]], config: Config, resources: dict[str, Any]
) -> Iterator[str]:
    for step in steps:
        if step not in NOT_OF_ONE_CELL:
            try:
                step(config=config).preprocess(deepcopy(notebook), deepcopy(resources))
            except Exception as error:  # whatever it is, it is what nbgrader stops at
                yield f"{type(error).__name__}: {error}"
