"""What of a lesson is to be run unsolved: most cells do then what they did when its exercises were solved."""

from nbformat import NotebookNode

from autograder.cells.metadata import checks_answer
from autograder.cells.names import BY_ANY_NAME, bound_and_read
from autograder.cells.withheld import is_answer


def touched_by_answers(lesson: NotebookNode) -> set[str]:
    """The ids of the cells that may do otherwise when the exercises are not solved, and of those that they rest on.

    Those are the exercises, their checks, and what reads a name that an exercise binds, or that another of them does.
    Where a cell reads names by other means (`globals`, `eval`, a magic), it is all cells of code.
    """
    cells = [cell for cell in lesson.cells if cell.cell_type == "code"]
    bound, read = {}, {}
    for cell in cells:
        bound[cell.id], read[cell.id] = bound_and_read(cell.source, cell.id)
    if any(names & BY_ANY_NAME for names in read.values()):
        return set(read)
    touched = {cell.id for cell in cells if is_answer(cell)}
    while more := {each for each in read.keys() - touched if any(read[each] & bound[other] for other in touched)}:
        touched |= more
    touched |= {cell.id for cell in cells if checks_answer(cell)}
    while more := {each for each in bound.keys() - touched if any(bound[each] & read[other] for other in touched)}:
        touched |= more
    return touched
