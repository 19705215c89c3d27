"""What is to be seen of a class: from its record, without a look at anything else."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from statistics import mean, median

from autograder.classroom.dates import local
from autograder.classroom.records import ClassRecord, Outcome, Work
from autograder.classroom.similarity import Pair, SameNetwork, same_networks, similar
from autograder.grading.results import Attention, SourceFault

MOST_MISTAKES = 10
MOST_BARS = 16  # of the marks
LITTLE = 1 / 3  # of the points of the tests: who has less needs help
MUCH_BELOW = 0.25  # of all points, below the mean of the assignments before
NUMBER = re.compile(r"\d+(?:[.,\N{NO-BREAK SPACE} ]\d+)*(?:[eE][+-]?\d+)?")
STEPS = (1, 2, 5, 10, 20, 50, 100)  # points that a bar may stand for
MOST_SPANS = 30  # of the times
HOURS = (1, 3, 6, 12, 24)  # that a span may last; longer ones last whole days


class Reason(StrEnum):
    """Why a student needs help."""

    LITTLE_DONE = "little_done"
    BELOW_BEFORE = "below_before"
    LATE_AGAIN = "late_again"


@dataclass(frozen=True)
class Bar:
    """How many have marks from `low` on and below `high` (the last: with it), and of how many a person may add some."""

    low: float
    high: float
    count: int
    waiting: int


@dataclass(frozen=True)
class Marks:
    max_points: float
    mean: float
    median: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class CheckSummary:
    """A check, its points, and with how many submissions each outcome it had."""

    check: str
    max_points: float
    counts: Mapping[Outcome, int]

    def share(self, outcome: Outcome) -> float:
        total = sum(self.counts.values())
        return self.counts[outcome] / total if total else 0.0


@dataclass(frozen=True)
class Mistake:
    """What a check said to these students, as it said it most often; `wordings` is how many numbers it came with."""

    check: str
    message: str
    wordings: int
    students: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """Who needs help and why; `before` is the mean share of points in the assignments before."""

    student: str
    points: float
    share: float
    reasons: tuple[Reason, ...]
    before: float | None
    times_late: int


@dataclass(frozen=True)
class Waiting:
    """What of a submission waits for a person; cells to be marked by hand are apart, as everybody has them."""

    student: str
    undecided: tuple[str, ...]
    attention: tuple[Attention, ...]


@dataclass(frozen=True)
class ByHand:
    cell: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """How many handed in from `begin` on and before `end`."""

    begin: datetime
    end: datetime
    count: int


@dataclass(frozen=True)
class Times:
    """When it was handed in, by the clocks of `zone`; `taken` is the median time since the release, if known."""

    known: int
    spans: tuple[Span, ...]
    released: datetime | None
    due: datetime | None
    late: int
    taken: timedelta | None
    zone: str


@dataclass(frozen=True)
class Report:
    """The class at a glance. `pages` are formgrader's ids of each student's notebooks, by name."""

    course: str
    assignment: str
    handed_in: int
    missing: tuple[str, ...]
    not_marked: tuple[str, ...]
    names: Mapping[str, str]
    pages: Mapping[str, Mapping[str, str]]
    source_faults: tuple[SourceFault, ...]
    marks: Marks
    checks: tuple[CheckSummary, ...]
    mistakes: tuple[Mistake, ...]
    help: tuple[Help, ...]
    waiting: tuple[Waiting, ...]
    by_hand: tuple[ByHand, ...]
    times: Times
    similar: tuple[Pair, ...]
    same_networks: tuple[SameNetwork, ...]
    has_networks: bool


def analyse(record: ClassRecord, released: datetime | None = None) -> Report:
    """What the record tells; `released`, in UTC, is when the assignment was handed out."""
    return Report(
        course=record.course,
        assignment=record.assignment,
        handed_in=len(record.works) + len(record.not_marked),
        missing=record.missing,
        not_marked=record.not_marked,
        names=record.names,
        pages={work.student: work.pages for work in record.works},
        source_faults=record.source_faults,
        marks=_marks(record.works),
        checks=_checks(record),
        mistakes=mistakes(record.works)[:MOST_MISTAKES],
        help=tuple(_help(record)),
        waiting=tuple(
            Waiting(work.student, work.undecided, work.attention)
            for work in record.works
            if work.undecided or work.attention
        ),
        by_hand=tuple(_by_hand(record)),
        times=_times(record, released),
        similar=similar({work.student: work.code for work in record.works}, record.given),
        same_networks=same_networks({work.student: work.networks for work in record.works}),
        has_networks=any(work.networks for work in record.works),
    )


def mistakes(works: Sequence[Work]) -> tuple[Mistake, ...]:
    """The mistakes that checks named, the most frequent first; with other numbers a mistake is the same."""
    said: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for work in works:
        for each in work.checked:
            if each.mistake is not None:
                said[each.check, NUMBER.sub("#", each.mistake)].append((each.mistake, work.student))
    found = []
    for (check, _words), pairs in said.items():
        wordings = Counter(message for message, _student in pairs)
        message = min(wordings, key=lambda message: (-wordings[message], message))
        found.append(Mistake(check, message, len(wordings), tuple(student for _message, student in pairs)))
    return tuple(sorted(found, key=lambda mistake: (-len(mistake.students), mistake.check, mistake.message)))


def _marks(works: Sequence[Work]) -> Marks:
    points = [work.standing.points for work in works]
    most = max((work.standing.max_score for work in works), default=0.0)
    step = next((step for step in STEPS if most / step <= MOST_BARS), STEPS[-1])
    bars = []
    for number in range(int(max(most, max(points, default=0)) // step) + 1):
        inside = [work for work in works if max(work.standing.points, 0) // step == number]
        waiting = sum(bool(work.by_hand or work.undecided) for work in inside)
        bars.append(Bar(number * step, (number + 1) * step, len(inside), waiting))
    return Marks(most, mean(points) if points else 0.0, median(points) if points else 0.0, tuple(bars))


def _checks(record: ClassRecord) -> tuple[CheckSummary, ...]:
    counts: dict[str, Counter[Outcome]] = {cell.label: Counter() for cell in record.cells if not cell.by_hand}
    for work in record.works:
        for each in work.checked:
            counts[each.check][each.outcome] += 1
    points = {cell.label: cell.max_points for cell in record.cells}
    return tuple(
        CheckSummary(check, points[check], {outcome: count[outcome] for outcome in Outcome})
        for check, count in counts.items()
    )


def _help(record: ClassRecord) -> Iterator[Help]:
    """Who needs help, those with the fewest points first; what still waits for a person counts as earned."""
    for work in sorted(record.works, key=lambda work: (work.standing.points, work.student)):
        now, earlier = work.standing, record.earlier.get(work.student, ())
        at_best = (now.points + work.open_points) / now.max_score if now.max_score else 1.0
        before = mean(each.share for each in earlier) if earlier else None
        times_late = sum(each.late for each in (*earlier, now))
        reasons = {
            Reason.LITTLE_DONE: at_best < LITTLE,
            Reason.BELOW_BEFORE: before is not None and at_best < before - MUCH_BELOW,
            Reason.LATE_AGAIN: now.late and times_late > 1,
        }
        if any(reasons.values()):
            why = tuple(reason for reason, holds in reasons.items() if holds)
            yield Help(work.student, now.points, now.share, why, before, times_late)


def _by_hand(record: ClassRecord) -> Iterator[ByHand]:
    """The cells that wait for marks by hand, and whose."""
    for cell in record.cells:
        if students := tuple(work.student for work in record.works if cell.label in work.by_hand):
            yield ByHand(cell.label, students)


def _times(record: ClassRecord, released: datetime | None) -> Times:
    moments = sorted(work.handed_in_at for work in record.works if work.handed_in_at)
    taken = median((moment - released).total_seconds() for moment in moments) if released and moments else None
    return Times(
        known=len(moments),
        spans=tuple(_spans([local(moment, record.zone) for moment in moments])),
        released=local(released, record.zone) if released else None,
        due=local(record.due, record.zone) if record.due else None,
        late=sum(work.standing.late for work in record.works),
        taken=None if taken is None else timedelta(seconds=round(taken)),
        zone=record.zone.key,
    )


def _spans(moments: Sequence[datetime]) -> Iterator[Span]:
    """Equal spans from the first to the last moment, each a whole number of hours of a clock."""
    if not moments:
        return
    begin = moments[0].replace(hour=0, minute=0, second=0, microsecond=0)
    least = (moments[-1] - begin) / MOST_SPANS
    widths = (timedelta(hours=hours) for hours in HOURS)
    width = next((width for width in widths if width >= least), timedelta(days=ceil(least / timedelta(days=1))))
    counts = Counter((moment - begin) // width for moment in moments)
    for number in range(max(counts) + 1):
        yield Span(begin + number * width, begin + (number + 1) * width, counts[number])
