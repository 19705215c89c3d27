"""A student's folder in `submitted/`: what comes in takes the place of what is older, and nothing is lost."""

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count
from pathlib import Path

from autograder.classroom.people import is_fit
from autograder.faults import SubmissionFault
from autograder.folders import write_files
from autograder.grading.course import Assignment
from autograder.grading.inventory import inventory
from autograder.grading.submissions import TIMESTAMP, moment_in
from autograder.kinds import CollectKind
from autograder.replacing import first_free, replace_folder

# In submitted/: what a later download took the place of. Neither nbgrader nor `grade` looks there.
REPLACED = ".replaced"


class CollectOutcome(StrEnum):
    """What became of what a student handed in."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # than what is there, which stays
    KEPT = "kept"  # the same submission, which somebody has changed here since
    UNDATED = "undated"  # not known whether it is newer than what is there, whose time is known
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class Version:
    """What was handed in at one time, in UTC; its timestamp.txt is not among the files."""

    files: Mapping[str, bytes]
    handed_in_at: datetime | None


@dataclass(frozen=True)
class Laid:
    """What became of a version that came in, and what is there now.

    `kept` is where the replaced one was moved to; `time_before` that of the same files, where another is noted now.
    """

    outcome: CollectOutcome
    there: Version
    kept: Path | None = None
    time_before: datetime | None = None


@dataclass(frozen=True)
class Place:
    """The folder of a student for an assignment, whose notebooks are the files `wanted`."""

    assignment: Assignment
    student: str
    wanted: frozenset[str]

    @property
    def folder(self) -> Path:
        return self.assignment.submitted(self.student)

    @property
    def shown(self) -> str:
        return self.assignment.course.shown(self.folder)

    def why_not(self) -> CollectKind | None:
        """Why nothing can be laid there."""
        if not is_fit(self.student):
            return CollectKind.BAD_ID
        folders = (self.folder, self.folder.parent)
        blocked = any(each.is_symlink() or (each.exists() and not each.is_dir()) for each in folders)
        return CollectKind.IN_THE_WAY if blocked else None

    def lay(self, came: Version, is_only: bool) -> Laid:
        """Put it in the place of what is there, if it is another and newer; `is_only` if it came alone this time."""
        there = self._version(self.folder) if _holds_something(self.folder) else None
        if there is None:
            self._put(came)
            return Laid(CollectOutcome.NEW, came)
        outcome = self._outcome(came, there, is_only)
        if outcome is CollectOutcome.CHANGED:
            return Laid(outcome, came, self._put(came))
        if outcome is CollectOutcome.UNCHANGED and came.handed_in_at not in (None, there.handed_in_at):
            write_files(self.folder, _files_with_time(Version({}, came.handed_in_at)))
            return Laid(outcome, came, time_before=there.handed_in_at)
        return Laid(outcome, there)

    def _outcome(self, came: Version, there: Version, is_only: bool) -> CollectOutcome:
        if there.files == came.files:
            return CollectOutcome.UNCHANGED
        if self.wanted & came.files.keys() and not self.wanted & there.files.keys():
            return CollectOutcome.CHANGED  # what can't be marked is in nobody's way
        if came.handed_in_at is None:
            replaced = self._replaced.glob(f"{self.assignment.name}-*")
            if any(self._version(each).files == came.files for each in replaced):
                return CollectOutcome.OLDER
            if there.handed_in_at is not None:
                return CollectOutcome.UNDATED
            is_the_same = not self.wanted & came.files.keys()
        elif there.handed_in_at and came.handed_in_at < there.handed_in_at:
            return CollectOutcome.OLDER
        else:
            is_the_same = came.handed_in_at == there.handed_in_at
        return CollectOutcome.KEPT if is_the_same and is_only else CollectOutcome.CHANGED

    def _put(self, came: Version) -> Path | None:
        """Lay it, whole or not at all; gives the folder to which an earlier version was moved, if there was one."""
        self._shelf.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".collecting-", dir=self._shelf) as staging:
            new = Path(staging, "new")
            new.mkdir()
            write_files(new, _files_with_time(came))
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            kept = self._free_place() if _holds_something(self.folder) else None
            replace_folder(self.folder, new, kept or Path(staging, "empty"))
        return kept

    def _version(self, folder: Path) -> Version:
        """What lies in a folder; without files where they can't be compared."""
        course = self.assignment.course
        try:
            found = inventory(folder, course.directory().ignore, course.shown(folder))
        except SubmissionFault:
            return Version({}, None)
        files = {} if found.others else {name: path.read_bytes() for name, path in found.files.items()}
        return Version(files, known_moment(files.pop(TIMESTAMP, b"")))

    @property
    def _shelf(self) -> Path:
        return self.assignment.course.submitted.resolve()

    @property
    def _replaced(self) -> Path:
        """Where earlier versions are kept, of all assignments."""
        return self._shelf / REPLACED / self.student

    def _free_place(self) -> Path:
        """The first free name for what a download takes the place of."""
        self._replaced.mkdir(parents=True, exist_ok=True)
        return first_free(self._replaced / f"{self.assignment.name}-{number}" for number in count(1))


def known_moment(timestamp: bytes) -> datetime | None:
    """The time that a timestamp.txt tells, in UTC; None where it tells none."""
    with suppress(ValueError):
        return moment_in(timestamp)
    return None


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _files_with_time(version: Version) -> dict[str, bytes]:
    """What is written of it: its files, and its time as nbgrader reads it."""
    if version.handed_in_at is None:
        return dict(version.files)
    return {**version.files, TIMESTAMP: f"{version.handed_in_at:%Y-%m-%d %H:%M:%S} UTC\n".encode()}
