"""The record of marks that moved: a file beside the gradebook, one line of JSON a move, and lines are only added."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from nbgrader.api import Grade, SubmittedAssignment

from autograder.faults import course_fault
from autograder.grading.course import Course
from autograder.grading.database import beside_gradebook
from autograder.grading.results import Cause
from autograder.kinds import CauseKind, FaultKind

MOVES = "moves.jsonl"


@dataclass(frozen=True)
class GradebookEntry:
    """What the gradebook holds for a submission: the points of each cell, and the penalty.

    `state` is a digest of what programs have written of it, and persons have not: by it a move is known that was
    recorded and never came into the gradebook.
    """

    points: dict[str, float | None]
    penalty: float
    state: str

    @property
    def mark(self) -> float:
        return sum(points or 0 for points in self.points.values()) - self.penalty


@dataclass(frozen=True)
class Move:
    """A mark that moved; `before` is None for the first. It stands for the move `instead_of`, which was cut off."""

    id: str
    at: str
    assignment: str
    student: str
    before: GradebookEntry | None
    now: GradebookEntry
    because: tuple[Cause, ...]
    instead_of: str | None = None

    @property
    def cells(self) -> dict[str, tuple[float | None, float | None]]:
        """The points of each cell that moved, before and now."""
        before = self.before.points if self.before else {}
        return {
            name: (before.get(name), points) for name, points in self.now.points.items() if before.get(name) != points
        }


class Record:
    """The moves so far, to add to; each is on the disk before its gradebook's transaction ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = {(move.assignment, move.student): move for move in read_moves(path)}

    def add(
        self,
        assignment: str,
        student: str,
        before: GradebookEntry | None,
        now: GradebookEntry | None,
        because: tuple[Cause, ...],
    ) -> None:
        """Record the move, if it is one; CourseFault where it can't be written."""
        if now is None or (before and (before.points, before.penalty) == (now.points, now.penalty)):
            return
        last = self._last.get((assignment, student))
        again = last is not None and _was_cut_off(last, before)
        move = Move(
            uuid4().hex,
            datetime.now(UTC).isoformat(timespec="seconds"),
            assignment,
            student,
            before,
            now,
            because,
            last.id if last and again else None,
        )
        with course_fault(FaultKind.NOT_WRITTEN, MOVES):
            _append(self._path, json.dumps(asdict(move)))
        self._last[assignment, student] = move


def open_record(course: Course) -> Record:
    return Record(moves_file(course))


def moves_file(course: Course) -> Path:
    return beside_gradebook(course, MOVES)


def read_moves(path: Path) -> list[Move]:
    """All lines that are whole: one that was cut short belongs to no transaction that ended."""
    with course_fault(FaultKind.UNREADABLE, MOVES):
        lines = path.read_bytes().splitlines() if path.exists() else []
    return [move for line in lines if (move := _parsed(line))]


def those_that_happened(moves: list[Move], entries: Mapping[tuple[str, str], GradebookEntry | None]) -> list[Move]:
    """Without those cut off before they were in the gradebook, which holds these `entries` by assignment, student."""
    cut_off = {move.instead_of for move in moves}
    last = {(move.assignment, move.student): move for move in moves}
    cut_off |= {move.id for key, move in last.items() if key in entries and _was_cut_off(move, entries[key])}
    return [move for move in moves if move.id not in cut_off]


def is_marked(submission: SubmittedAssignment) -> bool:
    """Whether it was marked: an extension alone makes an entry in the gradebook, too."""
    return any(
        grade.needs_manual_grade or grade.auto_score is not None or grade.manual_score is not None
        for grade in _grades(submission)
    )


def entry_of(submission: SubmittedAssignment) -> GradebookEntry | None:
    """What the gradebook holds, or will with the transaction's end; None where nothing was marked."""
    if not is_marked(submission):
        return None
    penalty = sum(notebook.late_submission_penalty or 0 for notebook in submission.notebooks)
    grades = {f"{grade.notebook.name}/{grade.name}": grade for grade in _grades(submission)}
    by_program = sorted((name, grade.auto_score) for name, grade in grades.items())
    state = hashlib.sha256(json.dumps([by_program, penalty]).encode()).hexdigest()[:16]
    return GradebookEntry({name: _points(grade) for name, grade in grades.items()}, penalty, state)


def _grades(submission: SubmittedAssignment) -> Iterator[Grade]:
    for notebook in submission.notebooks:
        yield from notebook.grades


def _points(grade: Grade) -> float | None:
    """As nbgrader's own score, but None where neither the tests nor a person has given a mark."""
    given = grade.auto_score if grade.manual_score is None else grade.manual_score
    return None if given is None else given + (grade.extra_credit or 0)


def _was_cut_off(move: Move, found: GradebookEntry | None) -> bool:
    """Whether the gradebook is still as it was before the move."""
    before = move.before.state if move.before else None
    return before != move.now.state and before == (found.state if found else None)


def _append(path: Path, line: str) -> None:
    """Add the line, on the disk when this returns; a line before it that was cut short gets its end."""
    with path.open("ab+") as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
        cut_short = end > 0 and file.read(1) != b"\n"
        file.write((b"\n" if cut_short else b"") + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _parsed(line: bytes) -> Move | None:
    try:
        read: dict[str, Any] = json.loads(line)
        before, now = (read[name] and GradebookEntry(**read[name]) for name in ("before", "now"))
        because = tuple(Cause(CauseKind(cause["kind"]), cause["what"]) for cause in read["because"])
        return Move(**read | {"before": before, "now": now, "because": because})
    except (ValueError, KeyError, TypeError):
        return None
