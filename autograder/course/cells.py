"""What a cell of a source notebook is: its name, the lines a student sees, and the lines withheld."""

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN_TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
MARK_SCHEME = ("BEGIN MARK SCHEME", "END MARK SCHEME")


def cell_name(cell: NotebookNode) -> str:
    """What a person calls the cell: its grade_id, or its id."""
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "without an id")


def tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def is_test(cell: NotebookNode) -> bool:
    """Whether the cell is marked by running it."""
    return cell.cell_type == "code" and is_grade(cell)


def split_withheld(cell: NotebookNode) -> tuple[list[str], list[str]]:
    """The cell's lines that a student sees, and those a student must not see (the lines of markers are neither)."""
    begins, ends = zip(SOLUTION, HIDDEN_TESTS, MARK_SCHEME, strict=True)
    seen: list[str] = []
    withheld: list[str] = []
    inside = marked = False
    for line in cell.source.split("\n"):
        if any(marker in line for marker in begins):
            inside = marked = True
        elif any(marker in line for marker in ends):
            inside = False
        else:
            (withheld if inside else seen).append(line)
    # nbgrader replaces the whole of an answer cell that marks no region.
    return ([], seen) if is_solution(cell) and not marked else (seen, withheld)
