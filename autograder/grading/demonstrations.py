"""Cells of the course that only show something: they are run when the marks could depend on it, and not otherwise."""

from nbformat import NotebookNode
from nbgrader.utils import is_grade

from autograder.process.names import BY_ANY_NAME, bound_and_read

DEMONSTRATION_TAG = "demonstration"


def skippable(cells: list[NotebookNode]) -> set[str]:
    """The ids of demonstrations that no other cell rests on: none reads a name that they bind.

    A cell that reads names by other means (`globals`, `eval`, a magic) could read any: then all are run.
    """
    names = {cell.id: _names(cell) for cell in cells if not is_grade(cell)}
    unneeded = {cell.id for cell in cells if cell.id in names and is_demonstration(cell)}
    read = frozenset().union(*(names[each][1] for each in names.keys() - unneeded))
    if read & BY_ANY_NAME:
        return set()
    while needed := {each for each in unneeded if names[each][0] & read}:
        unneeded -= needed
        read = read.union(*(names[each][1] for each in needed))
    return unneeded


def is_demonstration(cell: NotebookNode) -> bool:
    """Whether a cell of the course only shows something."""
    return DEMONSTRATION_TAG in cell.metadata.get("tags", [])


def _names(cell: NotebookNode) -> tuple[frozenset[str], frozenset[str]]:
    try:
        return bound_and_read(cell.source, cell.id)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(), frozenset()  # it will not run
