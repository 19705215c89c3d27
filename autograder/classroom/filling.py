"""What an LMS's table of grades becomes with marks in it; the same for Moodle and Canvas."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.classroom.late import FinalMark
from autograder.classroom.sheet import Sheet, as_number
from autograder.kinds import ExportKind

MOST_DECIMALS = 5  # that Moodle keeps


@dataclass(frozen=True)
class Left:
    """What did not go into the file, and whose it is: a student, or the name in a row."""

    kind: ExportKind
    who: str


@dataclass(frozen=True)
class Rescaled:
    """Marks out of so many points became marks out of the LMS's maximum."""

    points: float
    maximum: float


@dataclass
class Filling:
    """A table on the way to be filled: what is to be written, by row and column, and what was left.

    `written` are the marks as they are written, by student; `prefixes` is how Moodle begins the names of files that
    belong to them; `graded_before` is how many of them have a mark in Moodle, from another day.
    """

    sheet: Sheet
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    rescaled: Rescaled | None = None
    graded_before: int = 0
    has_comments: bool = False

    def content(self) -> bytes:
        return self.sheet.filled(self.texts)

    def leave(self, kind: ExportKind, who: str) -> None:
        self.left.append(Left(kind, who))

    def scaled(self, mark: FinalMark, maximum: float | None) -> float | None:
        """The mark out of the LMS's maximum, if that is known; None where it is more than that, or below 0."""
        if not maximum or not mark.max_points or maximum == mark.max_points:
            scaled = mark.mark
        else:
            scaled = round(mark.mark * maximum / mark.max_points, MOST_DECIMALS)
            self.rescaled = Rescaled(mark.max_points, maximum)
        return None if scaled < 0 or (maximum and scaled > maximum) else scaled

    def write(self, row: int, place: int, student: str, mark: float, comma: bool) -> None:
        self.written[student] = self.texts[row, place] = as_number(mark, comma)


@dataclass(frozen=True)
class Row:
    """A row of the table, whose name it has, and which student of the gradebook that is."""

    number: int
    name: str
    student: str | None


def rows_to_fill(filling: Filling, rows: Sequence[Row], marks: Mapping[str, FinalMark]) -> Iterator[tuple[Row, str]]:
    """The rows of students who have a mark; who has one and no row, and rows of nobody, are left."""
    known = Counter(row.student for row in rows)
    for row in rows:
        if row.student is None:
            filling.leave(ExportKind.UNKNOWN, row.name)
        elif known[row.student] > 1:
            filling.leave(ExportKind.TWICE, row.name)
        elif row.student in marks:
            yield row, row.student
    for student in marks:
        if student not in known:
            filling.leave(ExportKind.NO_ROW, student)
