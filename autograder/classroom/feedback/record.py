"""What the feedback on one notebook tells, as plain data: its tasks, and in each what was asked, answered and found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.cells.metadata import grade_id, is_solution, is_students, is_task, is_test, name_of
from autograder.cells.outputs import first_error, printed
from autograder.checks.raised import is_stub
from autograder.checks.verdicts import OUTCOMES, CouldNotTell, Passed, Unknown
from autograder.classroom.late import FinalMark
from autograder.classroom.records import Outcome
from autograder.grading.marked import DEPICTED

HEADING = re.compile(r" {0,3}(#{1,2})[ \t]+(.+?)[ \t#]*(?:\n|\Z)")
PASSED_MARK = OUTCOMES[Passed][0] + " "
UNKNOWN_MARK = OUTCOMES[Unknown][0] + " "


@dataclass(frozen=True)
class Points:
    """What the gradebook has for a cell; `points` is None where neither a test nor a person has given any.

    `waits` says that a person has still to look, `by_person` that one has given the points.
    """

    points: float | None
    max_points: float
    outcome: Outcome
    waits: bool = False
    by_person: bool = False

    @property
    def is_full(self) -> bool:
        return self.points is not None and self.points >= self.max_points


@dataclass(frozen=True)
class Sum:
    """Points of several cells; None where none were given yet."""

    points: float | None
    max_points: float


@dataclass(frozen=True)
class Check:
    """A test cell: what it confirmed before it ended, what it then said, and its source without hidden tests.

    `depicted` is what a picture of that shows, as it was kept with the marks.
    """

    name: str
    points: Points
    passed: tuple[str, ...]
    said: tuple[str, ...]
    source: str
    depicted: Any = None


@dataclass(frozen=True)
class Answer:
    """A cell that the student may write, or one of the student's own; `points` where a person marks it."""

    cell: NotebookNode
    is_touched: bool
    is_own: bool = False
    points: Points | None = None
    comment: str = ""

    @property
    def name(self) -> str:
        return name_of(self.cell)


@dataclass(frozen=True)
class CourseCells:
    """Cells of the course that stand together, which the student has not written."""

    cells: tuple[NotebookNode, ...]


Item = Check | Answer | CourseCells


@dataclass(frozen=True)
class Task:
    """What stands under a heading."""

    title: str
    items: tuple[Item, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(item for item in self.items if isinstance(item, Check))

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(item for item in self.items if isinstance(item, Answer))

    @property
    def marks(self) -> tuple[Points, ...]:
        by_hand = tuple(answer.points for answer in self.answers if answer.points)
        return tuple(check.points for check in self.checks) + by_hand

    @property
    def points(self) -> Sum:
        return _sum(self.marks)

    @property
    def waits(self) -> bool:
        return any(mark.waits for mark in self.marks)

    @property
    def comments(self) -> tuple[str, ...]:
        """What a person has written to the answers."""
        return tuple(answer.comment for answer in self.answers if answer.comment)

    @property
    def to_mend(self) -> tuple[Check, ...]:
        """The checks that cost points, those of an answer that is not there among them."""
        lost = (Outcome.PARTLY, Outcome.FAILED, Outcome.UNANSWERED)
        return tuple(each for each in self.checks if each.points.outcome in lost and not each.points.is_full)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing that earns points was written."""
        answered = any(check.points.outcome is not Outcome.UNANSWERED for check in self.checks)
        return bool(self.marks) and not answered and not any(answer.is_touched for answer in self.answers)

    @property
    def is_open(self) -> bool:
        """Whether it is shown at once: there is something to mend in it, or a person has said something."""
        if self.comments or any(mark.by_person for mark in self.marks):
            return True
        return not self.is_untouched and (bool(self.to_mend) or any(check.points.waits for check in self.checks))


@dataclass(frozen=True)
class Feedback:
    """All that the page of one notebook shows; `final` is the mark for the assignment, of which this may be a part."""

    student: str
    name: str
    assignment: str
    notebook: str
    language: str
    title: str
    tasks: tuple[Task, ...]
    final: FinalMark
    notebooks: int

    @property
    def waits(self) -> bool:
        """Whether a person has still to look at something in this notebook."""
        return any(task.waits for task in self.tasks)

    @property
    def to_mend(self) -> tuple[Check, ...]:
        return tuple(check for task in self.tasks for check in task.to_mend)

    @property
    def by_checks(self) -> Sum:
        """What the checks gave together, those that a person decided included."""
        return _sum([check.points for task in self.tasks for check in task.checks])

    @property
    def by_hand(self) -> Sum:
        """What a person gave together for what only a person marks."""
        return _sum([answer.points for task in self.tasks for answer in task.answers if answer.points])


def _sum(marks: Sequence[Points]) -> Sum:
    given = [mark.points for mark in marks if mark.points is not None]
    return Sum(sum(given) if given else None, sum(mark.max_points for mark in marks))


def tasks_of(
    notebook: NotebookNode, course: NotebookNode, points: Mapping[str, Points], comments: Mapping[str, str]
) -> tuple[Task, ...]:
    """The marked notebook, whose hidden tests are taken out, by its headings; both mappings are by grade_id."""
    given = {name_of(cell): cell for cell in course.cells}
    tasks: list[Task] = []
    heading, cells = "", list[NotebookNode]()
    for cell in notebook.cells:
        found = _heading(cell) if name_of(cell) in given else ""  # a student's own is none of a task
        if found and cells:
            tasks.append(Task(heading, tuple(_items(cells, given, points, comments))))
            cells = []
        heading = found or heading
        cells.append(_without_heading(cell) if found else cell)
    return (*tasks, Task(heading, tuple(_items(cells, given, points, comments))))


def title_of(course: NotebookNode) -> str:
    """The first heading of the course's notebook, if it has one."""
    return next(filter(None, map(_heading, course.cells)), "")


def _heading(cell: NotebookNode) -> str:
    """The heading of first or second level that a text begins with."""
    found = HEADING.match(cell.source) if cell.cell_type == "markdown" and not is_solution(cell) else None
    return found[2] if found else ""


def _without_heading(cell: NotebookNode) -> NotebookNode:
    """The text below its heading, which the page has as its own."""
    rest = copy(cell)
    rest.source = HEADING.sub("", cell.source, count=1)
    return rest


def _items(
    cells: Sequence[NotebookNode],
    given: Mapping[str, NotebookNode],
    points: Mapping[str, Points],
    comments: Mapping[str, str],
) -> Iterator[Item]:
    together: list[NotebookNode] = []
    for cell in cells:
        name = grade_id(cell) or ""
        if name in points and is_test(cell):
            item: Item = _check(name, cell, points[name])
        elif is_solution(cell) or is_task(cell) or _is_written(cell, given.get(name_of(cell))):
            there = given.get(name_of(cell))
            item = Answer(cell, _is_written(cell, there), there is None, points.get(name), comments.get(name, ""))
        else:
            together += [cell] if cell.source.strip() else []
            continue
        if together:
            yield CourseCells(tuple(together))
            together = []
        yield item
    if together:
        yield CourseCells(tuple(together))


def _is_written(cell: NotebookNode, given: NotebookNode | None) -> bool:
    """Whether a student has written this: a cell of the student's own, or one that the course gave to be written."""
    return given is None or (is_students(given) and given.source != cell.source)


def _check(name: str, cell: NotebookNode, points: Points) -> Check:
    shown = "\n".join(printed(cell.outputs))
    passed = [line for line in shown.splitlines() if line.startswith(PASSED_MARK)]
    # What was found on hidden inputs is said a second time in other numbers: the first is of those that are shown.
    once = {line.partition(":")[0]: line for line in reversed(passed)}
    said = _said(first_error(cell.outputs))
    return Check(name, points, tuple(reversed(once.values())), said, cell.source, cell.metadata.get(DEPICTED))


def _said(error: NotebookNode | None) -> tuple[str, ...]:
    """The lines of a check that did not pass; what another error says may be of the test itself, and is not shown."""
    if error is None:
        return ()
    if error.ename == CouldNotTell.__name__ and not error.evalue.startswith(UNKNOWN_MARK):
        return ()
    if is_stub(error.ename, error.evalue):  # the page says that it is not answered
        return ()
    return tuple(line.strip() for line in error.evalue.splitlines() if line.strip()) or (error.ename,)
