"""What a released lesson withholds: solutions of its exercises, and outputs that answer what the reader is asked."""

from copy import deepcopy

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from autograder.cells.metadata import MAY_RAISE_TAG, checks_answer, is_predicted, name_of, tags
from autograder.cells.withheld import is_answer
from autograder.checks.messages import _
from autograder.course.faults import Fault
from autograder.course.leaks import leaked_lines
from autograder.course.storing import forget_kernel


def withheld(lesson: NotebookNode) -> NotebookNode:
    """The lesson as it is released: stubs for solutions, nothing shown by them, nor by what was to be predicted.

    An exercise that is not solved yet does not keep Jupyter from running the rest.
    """
    clear = ClearSolutions(enforce_metadata=False)
    released, __ = clear.preprocess(deepcopy(lesson), {})
    for before, cell in zip(lesson.cells, released.cells, strict=True):
        if is_answer(before) or checks_answer(cell):
            cell.metadata["tags"] = [*tags(cell), MAY_RAISE_TAG]
        if is_answer(before) or checks_answer(cell) or is_predicted(cell):
            cell.outputs, cell.execution_count = [], None
    forget_kernel(released)
    return released


def exercise_faults(file: str, source: NotebookNode) -> list[Fault]:
    """What can be told, without running it, of a lesson's exercises and predictions, and of what it would withhold."""
    written = deepcopy(source)
    for cell in written.cells:
        cell.pop("outputs", None)
    return _unchecked(file, source) + _told_at_once(file, source) + leaked_lines(file, written, withheld(source))


def _unchecked(file: str, source: NotebookNode) -> list[Fault]:
    return [
        Fault(file, name_of(cell), _("no check follows the exercise"),
              _("Put a cell after it that checks `answer.NAME`, tagged `check`"))
        for cell, following in zip(source.cells, [*source.cells[1:], None], strict=True)
        if is_answer(cell) and not (following and checks_answer(following))
    ]  # fmt: skip


def _told_at_once(file: str, source: NotebookNode) -> list[Fault]:
    return [
        Fault(file, name_of(cell), _("its output, which answers a prediction, would be released"),
              _("Tag the cell `predicted`"))
        for cell in source.cells
        if cell.cell_type == "code" and "check.predict" in cell.source and not is_predicted(cell)
    ]  # fmt: skip
