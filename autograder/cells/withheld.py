"""The lines of a source notebook's cell that a student sees, and those withheld."""

from nbformat import NotebookNode

from autograder.cells.metadata import is_solution

SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN_TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
MARK_SCHEME = ("BEGIN MARK SCHEME", "END MARK SCHEME")


def is_answer(cell: NotebookNode) -> bool:
    """Whether the cell is a student's to fill with code: so flagged in an assignment, with a solution in a lesson."""
    return cell.cell_type == "code" and (is_solution(cell) or SOLUTION[0] in cell.source)


def may_lack_hidden_tests(notebook: NotebookNode) -> bool:
    """Whether it is a student's version, out of which hidden tests are cut where there were some."""
    markers = [marker for marker, _end in (SOLUTION, HIDDEN_TESTS, MARK_SCHEME)]
    return not any(marker in cell.source for cell in notebook.cells for marker in markers)


def without_hidden_tests(source: str) -> str:
    """What is left of a test's source where it is handed out."""
    kept, hidden = [], False
    for line in source.split("\n"):
        if HIDDEN_TESTS[0] in line or HIDDEN_TESTS[1] in line:
            hidden = HIDDEN_TESTS[0] in line
        elif not hidden:
            kept.append(line)
    return "\n".join(kept)


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
