"""One student's files, from a download to what lies in `submitted/`: unpacked, bounded, the notebooks found."""

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nbformat import NotebookNode

from autograder.classroom.archives import BadArchive, LeftOut, Member, Paths, is_junk, members_of
from autograder.classroom.downloads import MOODLE, Piece
from autograder.faults import SubmissionFault
from autograder.grading.inventory import MOST_FILES, MOST_MEGABYTES, MOST_PATH_BYTES
from autograder.grading.reading import ZIP, read_submitted
from autograder.grading.submissions import TIMESTAMP
from autograder.kinds import CollectKind, FaultKind
from autograder.process.limits import MEGABYTE

MOST_NAME_BYTES = 255
MOST_BEFORE_JSON = 100
BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
NOTEBOOK = ".ipynb"
Notebooks = Mapping[str, Mapping[str, NotebookNode]]


@dataclass(frozen=True)
class Remark:
    """Something odd: what, and of which files."""

    kind: CollectKind
    files: tuple[str, ...] = ()


@dataclass
class Unpacked:
    """What goes into a student's folder, by path, and what was odd; a timestamp.txt among the files is kept apart."""

    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    timestamp: bytes = b""


class NotTaken(Exception):
    """What a student handed in is too much to be looked at."""

    def __init__(self, kind: CollectKind, *particulars: str) -> None:
        super().__init__(kind)
        self.remark = Remark(kind, particulars)


@dataclass(frozen=True)
class _Found:
    """A file that was read, and what tells which of two is the later."""

    path: str
    content: bytes
    written_at: datetime | None
    attachment: int


def unpack(pieces: Sequence[Piece], left_out: Sequence[LeftOut], notebooks: Notebooks, junk: Sequence[str]) -> Unpacked:
    """A student's files, the assignment's notebooks in their place; NotTaken where they are too many or too large."""
    found: list[_Found] = []
    out = list(left_out)
    for each in _read(pieces):
        if isinstance(each, LeftOut):
            out.append(each)
        elif not is_junk(each.path, junk):
            found.append(each)
    unpacked = Unpacked()
    _place(found, notebooks, unpacked, out)
    for kind in sorted({each.why for each in out}):
        unpacked.remarks.append(Remark(kind, tuple(each.path for each in out if each.why == kind)))
    return unpacked


def _read(pieces: Sequence[Piece]) -> Iterator[_Found | LeftOut]:
    """The files, those of a student's own zip among them, each once it is known that it is not too large."""
    budget = _Budget()
    for piece in pieces:
        read = _one(piece.path, piece, piece.member, budget)
        if isinstance(read, LeftOut) or not _is_zip(read):
            yield read
            continue
        try:
            inside = members_of(read.content, MOST_FILES)
        except BadArchive as error:
            yield LeftOut(piece.path, CollectKind.TOO_LARGE if error.too_large else CollectKind.BAD_ARCHIVE)
            continue
        if any(MOODLE.fullmatch(part) for each in inside for part in each.path.split("/")):
            raise NotTaken(CollectKind.OF_A_CLASS)
        for each in inside:
            yield each if isinstance(each, LeftOut) else _one(each.path, piece, each, budget)


def _one(path: str, piece: Piece, member: Member, budget: "_Budget") -> _Found | LeftOut:
    """A file with its content; what is in a zip came in with it, whatever the student's clock said."""
    budget.take(member.size)
    try:
        return _Found(path, member.read(), piece.member.written_at, piece.attachment)
    except (BadArchive, OSError):
        return LeftOut(path, CollectKind.DAMAGED)


def _is_zip(found: _Found) -> bool:
    return found.content.startswith(ZIP) and found.path.lower().endswith(".zip")


class _Budget:
    """How much of a student's files may still be read."""

    def __init__(self) -> None:
        self.files, self.size = MOST_FILES, MOST_MEGABYTES * MEGABYTE

    def take(self, size: int) -> None:
        self.files -= 1
        self.size -= size
        if self.files < 0:
            raise NotTaken(CollectKind.TOO_MANY_FILES)
        if self.size < 0:
            raise NotTaken(CollectKind.TOO_LARGE_IN_ALL, str(MOST_MEGABYTES))


def _place(found: Sequence[_Found], notebooks: Notebooks, unpacked: Unpacked, out: list[LeftOut]) -> None:
    """Each notebook of the assignment under its name, what lay beside it beside it, the rest as it was."""
    chosen: dict[str, _Found] = {}
    others: list[_Found] = []
    for name, course in notebooks.items():
        fitting = [each for each in found if _is(each, name, course) and not _is_another(each, name, notebooks)]
        fitting.sort(key=lambda each: _later(each, name))
        if fitting:
            *earlier, chosen[name] = fitting
            others += earlier
            if any(each.content != chosen[name].content for each in earlier):
                files = (chosen[name].path, *(each.path for each in earlier))
                unpacked.remarks.append(Remark(CollectKind.SEVERAL, files))
    if not chosen:
        cut_short = [each for each in found if _is_cut_short(each, notebooks)]
        kind = CollectKind.CUT_SHORT if cut_short else CollectKind.NO_NOTEBOOK
        unpacked.remarks.append(Remark(kind, tuple(sorted(each.path for each in cut_short or found))))
    paths = Paths()
    for name, each in chosen.items():
        paths.add(name + NOTEBOOK)
        unpacked.files[name + NOTEBOOK] = each.content
    folder = next((posixpath.dirname(each.path) for each in chosen.values()), "")
    used = {id(each) for each in (*chosen.values(), *others)}
    for each in found:
        if id(each) in used:
            continue
        path = each.path.removeprefix(f"{folder}/") if folder else each.path
        if path.casefold() == TIMESTAMP:
            unpacked.timestamp = each.content
        elif (why := _why_not(path, paths)) is not None:
            out.append(LeftOut(each.path, why))
        else:
            unpacked.files[path] = each.content


def _why_not(path: str, paths: Paths) -> CollectKind | None:
    """Why a file can't be laid into the student's folder at this path."""
    parts = [os.fsencode(part) for part in path.split("/")]
    if len(os.fsencode(path)) > MOST_PATH_BYTES or max(map(len, parts)) > MOST_NAME_BYTES:
        return CollectKind.LONG_NAME
    return None if paths.add(path) else CollectKind.TWIN


def _is(found: _Found, name: str, course: Mapping[str, NotebookNode]) -> bool:
    """Whether this is the assignment's notebook, by what it holds: a browser may have given it another ending."""
    if NOTEBOOK not in found.path and not found.content[:MOST_BEFORE_JSON].lstrip(BEFORE_JSON).startswith(b"{"):
        return False
    return _fault(found, name, course) is None


def _is_cut_short(found: _Found, notebooks: Notebooks) -> bool:
    """Whether it has a notebook's name, and is none."""
    return NOTEBOOK in found.path and FaultKind.NOT_JSON in {_fault(found, *each) for each in notebooks.items()}


def _fault(found: _Found, name: str, course: Mapping[str, NotebookNode]) -> FaultKind | None:
    """Why this is not the assignment's notebook, if it is not."""
    try:
        read_submitted(name, found.content, course)
    except SubmissionFault as error:
        return error.fault
    return None


def _is_another(found: _Found, name: str, notebooks: Notebooks) -> bool:
    """Whether it has the name and the cells of another notebook of the assignment, which may have names in common."""
    own = posixpath.basename(found.path).removesuffix(NOTEBOOK)
    return own != name and own in notebooks and _is(found, own, notebooks[own])


def _later(found: _Found, name: str) -> tuple[datetime, int, bool, str]:
    """What the last of a student's notebooks has more of than the others."""
    return found.written_at or datetime.min, found.attachment, found.path == f"{name}{NOTEBOOK}", found.path
