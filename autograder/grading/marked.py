"""What goes into marking and what comes out of it: plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nbformat import NotebookNode

from autograder.cells.metadata import is_grade, name_of, name_or_place
from autograder.checks import CouldNotTell
from autograder.checks.seeds import new_seed
from autograder.grading.results import Attention

DEPICTED = "autograder_depicted"  # the key in a test cell's metadata of what a picture of its message shows
CourseNotebooks = Mapping[str, Mapping[str, NotebookNode]]  # by name, by language


@dataclass(frozen=True)
class Submission:
    """What a student handed in: the assignment's notebooks by name, and the other files by path, as bytes.

    What hidden tests ask of it is drawn from `seed`; who marks it again, and wants the same asked, gives the same.
    """

    student: str
    notebooks: dict[str, bytes]
    files: dict[str, bytes]
    seed: int = field(default_factory=new_seed, repr=False)


@dataclass(frozen=True)
class MarkedNotebook:
    """The executed notebook, its test cells judged; nothing in it is active when it is shown.

    `networks` are the outlines of the networks that the tests observed, by name; `logins` what they found as login.
    """

    notebook: NotebookNode
    attention: tuple[Attention, ...]
    networks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    logins: tuple[str, ...] = ()


def to_look_at(marked: MarkedNotebook, notebook: str = "") -> list[Attention]:
    """What is to be looked at in the notebook; a cell without a grade_id by its place, for no program shows an id."""
    cells = enumerate(marked.notebook.cells, start=1)
    called = {name_of(cell): name_or_place(cell, place) for place, cell in cells}
    return [replace(each, cell=called.get(each.cell, each.cell), notebook=notebook) for each in marked.attention]


def could_not_tell(cell: NotebookNode) -> bool:
    """Whether this is a test cell, judged, that the grader could not decide."""
    return is_grade(cell) and any(output.get("ename") == CouldNotTell.__name__ for output in cell.get("outputs", ()))
