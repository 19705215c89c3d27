"""Cells of the course that only show something: they are run when the marks could depend on it, and not otherwise."""

import functools
from collections.abc import Callable, Collection, Sequence

from nbformat import NotebookNode

from autograder.cells.metadata import is_demonstration, is_students
from autograder.cells.names import BY_ANY_NAME, names_of
from autograder.grading.judges import is_judged_outside

Reads = Callable[[Sequence[str], Collection[str]], Collection[str]]


def skippable(cells: list[NotebookNode], reads: Reads) -> set[str]:
    """The ids of demonstrations that no other cell rests on: none reads a name that they bind.

    `reads` says which of some names the student's cells read, by their sources: the student's process is asked. A
    false answer earns no mark: it leaves out a cell in that process alone. A cell that reads names by other means
    (`globals`, `eval`, a magic) could read any: then all are run.
    """
    unneeded = {cell.id: _names(cell.source) for cell in cells if is_demonstration(cell)}
    if not unneeded:
        return set()
    wanted = BY_ANY_NAME.union(*(bound for bound, _read in unneeded.values()))
    read = set(reads([cell.source for cell in cells if is_students(cell)], wanted))
    courses = [cell for cell in cells if not is_students(cell) and not is_judged_outside(cell)]
    others = [cell for cell in courses if cell.id not in unneeded]
    read.update(*(_names(cell.source)[1] for cell in others))
    if read & BY_ANY_NAME:
        return set()
    while needed := [each for each, (bound, _read) in unneeded.items() if bound & read]:
        read.update(*(unneeded.pop(each)[1] for each in needed))
    return set(unneeded)


_names = functools.lru_cache(maxsize=1000)(names_of)  # the course's own cells are the same for every submission
