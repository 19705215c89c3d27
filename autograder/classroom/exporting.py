"""Marks and feedback back to where the class sees them: who waits for a person, and the files that are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from autograder.checks.messages import printable
from autograder.classroom.feedback_zip import pack_feedback
from autograder.classroom.filling import Filling, Left, Rescaled
from autograder.classroom.gather import gather
from autograder.classroom.late import FinalMark, final_marks
from autograder.classroom.people import Person, listed
from autograder.classroom.sheet import as_number
from autograder.classroom.to_canvas import fill_gradebook
from autograder.classroom.to_csv import table_of_marks
from autograder.classroom.to_moodle import Describe, fill_worksheet
from autograder.faults import SubmissionFault, course_fault
from autograder.grading.course import Assignment, Course
from autograder.grading.gradebook import open_gradebook
from autograder.grading.results import Attention
from autograder.grading.submissions import submission_fingerprint
from autograder.kinds import FaultKind
from autograder.replacing import first_free

FOLDER = "exports"
UTF8, COMMA = "utf-8", ","  # what an LMS expects


@dataclass(frozen=True)
class Waits:
    """A submission that waits for a person: not marked as it is, checks without a mark, cells to mark or look at."""

    student: str
    is_marked: bool = True
    is_changed: bool = False
    undecided: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    attention: tuple[Attention, ...] = ()

    @property
    def has_mark(self) -> bool:
        """Whether what lies there was marked."""
        return self.is_marked and not self.is_changed

    @property
    def is_final(self) -> bool:
        """Whether its mark is complete, and there is only something to look at."""
        return self.has_mark and not self.undecided and not self.by_hand


@dataclass(frozen=True)
class ClassMarks:
    """The marks of an assignment by student, and whose submissions wait for a person."""

    assignment: Assignment
    marks: Mapping[str, FinalMark]
    waiting: tuple[Waits, ...]
    people: tuple[Person, ...]

    @property
    def incomplete(self) -> tuple[Waits, ...]:
        """What has no mark, or not all of it; the others of the waiting have something to look at."""
        return tuple(each for each in self.waiting if not each.is_final)

    @property
    def not_final(self) -> frozenset[str]:
        """Whose mark may still grow, as a person has to mark some of it."""
        return frozenset(each.student for each in self.waiting if each.has_mark and not each.is_final)


@dataclass(frozen=True)
class Exported:
    """The files that were written, if any, and the marks in them; `texts` are these as they are written, by student.

    `pages` is the number of students whose feedback was packed; `encoding` and `separator` are as in the file that was
    given. The rest is as in a `Filling`.
    """

    files: tuple[Path, ...]
    marks: Mapping[str, FinalMark]
    texts: Mapping[str, str]
    left: tuple[Left, ...] = ()
    rescaled: Rescaled | None = None
    graded_before: int = 0
    has_comments: bool = True
    pages: int = 0
    encoding: str = UTF8
    separator: str = COMMA

    @property
    def is_unusual(self) -> bool:
        """Whether the LMS must be told how the file is written."""
        return (self.encoding, self.separator) != (UTF8, COMMA)


def class_marks(assignment: Assignment) -> ClassMarks:
    """What there is to export; CourseFault where nothing is marked."""
    record = gather(assignment)
    with open_gradebook(assignment.course) as gradebook:
        marks, people = final_marks(assignment.course, gradebook, assignment.name), listed(gradebook)
    ids = {printable(student): student for student in marks}  # a work has its student's as it is shown
    looked_at = [
        Waits(
            work.student,
            True,
            _is_changed(assignment, ids[work.student], work.fingerprint),
            work.undecided,
            work.by_hand,
            work.attention,
        )
        for work in record.works
    ]
    waiting = [each for each in looked_at if each.attention or not each.is_final]
    waiting += [Waits(student, is_marked=False) for student in record.not_marked]
    without = {each.student for each in waiting if not each.has_mark}
    of_what_lies_there = {name: mark for name, mark in sorted(marks.items()) if printable(name) not in without}
    return ClassMarks(assignment, of_what_lies_there, tuple(sorted(waiting, key=lambda each: each.student)), people)


def _is_changed(assignment: Assignment, student: str, marked: str | None) -> bool:
    """Whether something else lies in `submitted/` than what was marked, as far as that is known."""
    if marked is None or not assignment.submitted(student).is_dir():
        return False
    try:
        return submission_fingerprint(assignment, student) != marked
    except (SubmissionFault, OSError):
        return True


def export_to_moodle(found: ClassMarks, worksheet: Path, describe: Describe) -> Exported:
    """Fill the grading worksheet, and pack the feedback of those whose marks went into it, beside it."""
    name, course = found.assignment.name, found.assignment.course
    filling = fill_worksheet(worksheet, name, found.people, found.marks, describe)
    packed, without_page = pack_feedback(found.assignment, filling.prefixes)
    files = _write_filled(course, _beside(worksheet, f"{name}-marks"), filling)
    if packed is not None:
        files.append(_write(course, _beside(worksheet, f"{name}-feedback").with_suffix(".zip"), packed))
    return _exported(files, found, filling, without_page)


def export_to_canvas(found: ClassMarks, gradebook: Path, column: str | None) -> Exported:
    """Fill the column of the assignment, or the `column` that is named, in a copy of Canvas's gradebook beside it."""
    name = found.assignment.name
    filling = fill_gradebook(gradebook, name, found.people, found.marks, column)
    files = _write_filled(found.assignment.course, _beside(gradebook, f"{name}-marks"), filling)
    return _exported(files, found, filling, [])


def export_to_csv(found: ClassMarks) -> Exported:
    """Write a plain table of the marks into the course's folder of exports."""
    name, course = found.assignment.name, found.assignment.course
    if not found.marks:
        return Exported((), {}, {})
    content = table_of_marks(name, found.people, found.marks, found.not_final)
    file = _write(course, course.root / FOLDER / f"{name}-marks.csv", content)
    return Exported((file,), found.marks, {student: as_number(mark.mark) for student, mark in found.marks.items()})


def _exported(files: list[Path], found: ClassMarks, filling: Filling, without_page: list[Left]) -> Exported:
    return Exported(
        files=tuple(files),
        marks={student: found.marks[student] for student in filling.written},
        texts=filling.written,
        left=(*filling.left, *without_page),
        rescaled=filling.rescaled,
        graded_before=filling.graded_before,
        has_comments=filling.has_comments,
        pages=len(filling.prefixes) - len(without_page),
        encoding=filling.sheet.encoding,
        separator=filling.sheet.separator,
    )


def _beside(file: Path, what: str) -> Path:
    return file.with_name(f"{file.stem}-{what}{file.suffix}")


def _write_filled(course: Course, wanted: Path, filling: Filling) -> list[Path]:
    """The one file, or none where no mark went into it."""
    return [_write(course, wanted, filling.content())] if filling.written else []


def _write(course: Course, wanted: Path, content: bytes) -> Path:
    """Write a file under the first name that is free; nothing is overwritten."""
    path = first_free(chain([wanted], (wanted.with_stem(f"{wanted.stem}-{number}") for number in count(2))))
    with course_fault(FaultKind.NOT_WRITTEN, course.shown(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path
