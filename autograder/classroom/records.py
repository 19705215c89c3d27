"""A class and what it did in one assignment, as plain data: gathered from the gradebook and the marked notebooks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from autograder.grading.results import Attention, GradedCell, SourceFault


class Outcome(StrEnum):
    """What a check said of an answer."""

    PASSED = "passed"
    PARTLY = "partly"  # some of the points
    FAILED = "failed"
    UNDECIDED = "undecided"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Checked:
    """What one check said; `mistake` is the first line of its message where the answer itself is wrong."""

    check: str
    outcome: Outcome
    points: float | None
    mistake: str | None = None


@dataclass(frozen=True)
class Standing:
    """The marks of a submission, before what lateness costs and after it."""

    score: float
    max_score: float
    penalty: float
    late: bool

    @property
    def points(self) -> float:
        return self.score - self.penalty

    @property
    def share(self) -> float:
        """Of the points that there are to earn."""
        return self.points / self.max_score if self.max_score else 0.0


@dataclass(frozen=True)
class CodeCell:
    """A cell of code that a student may write, by the name of the answer or the place among the own ones."""

    name: str
    source: str


@dataclass(frozen=True)
class Work:
    """What one student handed in.

    `pages` are the ids under which formgrader shows its notebooks. `by_hand` are the cells whose marks a person has
    to give, or to look at again; `open_points` is the most that can still be given where there is no mark. `code` is
    what the student wrote, `networks` are the outlines of the networks that were observed, by name. `fingerprint` is
    that of the submission the marks rest on, where that is known; `logins` is what the tests found as login.
    """

    student: str
    standing: Standing
    handed_in_at: datetime | None
    pages: Mapping[str, str]
    checked: tuple[Checked, ...]
    by_hand: tuple[str, ...] = ()
    attention: tuple[Attention, ...] = ()
    code: tuple[CodeCell, ...] = ()
    open_points: float = 0.0
    networks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fingerprint: str | None = None
    logins: tuple[str, ...] = ()

    @property
    def undecided(self) -> tuple[str, ...]:
        """The checks that could not tell, and that nobody has marked since."""
        return tuple(each.check for each in self.checked if each.points is None)


@dataclass(frozen=True)
class ClassRecord:
    """An assignment and everyone's work in it.

    `names` are of students who have one in the gradebook; `earlier` is how each student stood in the assignments
    before this one; `given` is the code that was handed out; `source_faults` is what goes wrong with the course's own
    answers. Times are in UTC; the course has its clocks in `zone`.
    """

    course: str
    assignment: str
    cells: tuple[GradedCell, ...]
    works: tuple[Work, ...]
    missing: tuple[str, ...]
    not_marked: tuple[str, ...]
    names: Mapping[str, str]
    earlier: Mapping[str, tuple[Standing, ...]]
    given: tuple[str, ...]
    source_faults: tuple[SourceFault, ...] = ()
    due: datetime | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
