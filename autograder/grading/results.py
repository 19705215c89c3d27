"""What marking gives back: plain data."""

from dataclasses import dataclass

from autograder.grading.judges import Judge
from autograder.kinds import AttentionKind, CauseKind, FaultKind, ReasonKind


@dataclass(frozen=True)
class GradedCell:
    """A cell of the source that carries points."""

    notebook: str
    name: str
    max_points: float
    by_hand: bool
    judge: Judge = Judge.OUTSIDE
    has_namesake: bool = False  # in another notebook of the assignment

    @property
    def label(self) -> str:
        """What it is called where the assignment is one: its name, behind its notebook's where another has the same."""
        return f"{self.notebook}/{self.name}" if self.has_namesake else self.name


@dataclass(frozen=True)
class Mark:
    """The points of one test cell; None when the grader could not tell."""

    check: str
    points: float | None
    max_points: float
    judge: Judge = Judge.OUTSIDE


@dataclass(frozen=True)
class Attention:
    """Something for the instructor to look at, and the cell: what was put right in it, or why its process was lost.

    Where it is about a file or a login, `cell` is its name or what was typed. `notebook` is the cell's, where the
    assignment has several.
    """

    kind: AttentionKind
    cell: str
    notebook: str = ""

    @property
    def label(self) -> str:
        """What the cell is called where the assignment is one."""
        return f"{self.notebook}/{self.cell}" if self.notebook else self.cell


@dataclass(frozen=True)
class BrokenRule(Attention):
    """A rule of the lab's own that has stopped in this cell, with an error at a line of rules.py."""

    rule: str = ""
    line: int = 0
    error: str = ""


@dataclass(frozen=True)
class TooMuchByHand:
    """A mark that a person gave of more points than the cell has now."""

    student: str
    cell: str
    points: float
    max_points: float


@dataclass(frozen=True)
class SourceFault:
    """A cell of the source that goes wrong with the course's own answers, and what it shows instead."""

    notebook: str
    cell: str
    error: str

    def __str__(self) -> str:
        return f"{self.notebook}/{self.cell} ({self.error})"


@dataclass(frozen=True)
class Cause:
    """Why a mark moved, and which cell, file or versions that was."""

    kind: CauseKind
    what: str = ""


@dataclass(frozen=True)
class Marked:
    """A submission whose marks are in the gradebook; `why` is None when they were there already.

    `before` are the marks that it had until now; `logins` is what its tests found as login, if they asked for one.
    """

    student: str
    marks: tuple[Mark, ...]
    why: ReasonKind | None = None
    attention: tuple[Attention, ...] = ()
    before: tuple[Mark, ...] = ()
    logins: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        return sum(mark.points or 0 for mark in self.marks)

    @property
    def max_points(self) -> float:
        return sum(mark.max_points for mark in self.marks)

    @property
    def points_before(self) -> float | None:
        """The sum that it had until now, if it had one and it was another."""
        before = sum(mark.points or 0 for mark in self.before)
        return before if self.before and before != self.points else None

    @property
    def could_not_tell(self) -> tuple[str, ...]:
        """The checks left without a mark."""
        return tuple(mark.check for mark in self.marks if mark.points is None)


@dataclass(frozen=True)
class NotMarked:
    """A submission that could not be marked: which fault, and the particulars its message needs."""

    student: str
    fault: FaultKind
    details: dict[str, str]


Result = Marked | NotMarked
