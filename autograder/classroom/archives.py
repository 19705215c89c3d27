"""What is downloaded from an LMS, a zip or a folder, as named files that are bounded before one of them is read."""

import io
import itertools
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograder.faults import CourseFault, reason_of
from autograder.grading.names import is_text, suggested_name
from autograder.kinds import CollectKind, FaultKind
from autograder.process.limits import MEGABYTE

MOST_MEMBERS = 200_000  # of a class, all students together
MOST_DIRECTORY_BYTES = 16 * MEGABYTE  # of a zip's own list of its files
UTF8_NAME = 0x800  # the flags of a file in a zip
ENCRYPTED = 0x1
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others can't be unpacked piece by piece
END_OF_ZIP, END_OF_ZIP64 = b"PK\5\6", b"PK\6\7"
MOST_END_BYTES = 22 + 2**16  # the record at a zip's end, and a comment
LONGEST_PACKING = timedelta(hours=1)
NO_DATE = (1980, 1, 1, 0, 0, 0)
DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """A file of an archive or folder; `written_at` is a local time without a zone."""

    path: str
    size: int
    read: Callable[[], bytes]
    written_at: datetime | None = None


@dataclass(frozen=True)
class LeftOut:
    """A file that is not taken, and why."""

    path: str
    why: CollectKind


class BadArchive(Exception):
    """A zip that can't be opened, or is larger than it may be."""

    def __init__(self, too_large: bool = False) -> None:
        super().__init__(too_large)
        self.too_large = too_large


@contextmanager
def opened(path: Path) -> Iterator[list[Member | LeftOut]]:
    """What a zip, a folder or a notebook on disk holds, for as long as it is open; CourseFault where it is none."""
    with ExitStack() as stack:
        try:
            if path.is_dir():
                found = _of_folder(path)
            elif path.suffix.lower() == ".ipynb" and path.is_file():
                found = iter([Member(path.name, path.stat().st_size, path.read_bytes)])
            else:
                found = _of_zip(stack.enter_context(path.open("rb")), MOST_MEMBERS)
            contents = list(_distinct(found))
        except OSError as error:
            file = str(error.filename or path)
            raise CourseFault(FaultKind.UNREADABLE, file=file, error=reason_of(error)) from error
        except BadArchive as error:
            kind = FaultKind.ARCHIVE_TOO_LARGE if error.too_large else FaultKind.NOT_AN_ARCHIVE
            raise CourseFault(kind, file=str(path)) from error
        yield contents


def members_of(content: bytes, most: int) -> list[Member | LeftOut]:
    """The files of a zip in memory, at most so many of them; BadArchive where it can't be opened."""
    return list(_distinct(_of_zip(io.BytesIO(content), most)))


def _of_zip(file: BinaryIO, most: int) -> Iterator[Member | LeftOut]:
    _require_small_directory(file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError, struct.error) as error:
        raise BadArchive from error
    if len(archive.infolist()) > most:
        raise BadArchive(too_large=True)
    for info in archive.infolist():
        name = _name(info)
        if not name.endswith(("/", "\\")):
            yield _member(archive, info, name)


def _require_small_directory(file: BinaryIO) -> None:
    """BadArchive where the list of files is too large: zipfile would read all of it into memory.

    Anything that could pass for the record at the end is looked at, since it is zipfile that chooses. The records of
    a zip64, an archive of more than 4 GB or 65,535 files, are not looked for.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - MOST_END_BYTES))
    end = file.read()
    records = [found.start() for found in re.finditer(re.escape(END_OF_ZIP), end) if found.start() + 22 <= len(end)]
    if not records:
        raise BadArchive
    directories = [struct.unpack_from("<L", end, start + 12)[0] for start in records]
    if END_OF_ZIP64 in end or max(directories) > MOST_DIRECTORY_BYTES:
        raise BadArchive(too_large=True)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member | LeftOut:
    path = safe_path(name)
    if path is None:
        return LeftOut(name, CollectKind.OUTSIDE)
    if stat.S_ISLNK(info.external_attr >> 16):
        return LeftOut(path, CollectKind.LINK)
    if info.flag_bits & ENCRYPTED:
        return LeftOut(path, CollectKind.ENCRYPTED)
    if info.compress_type not in READABLE:
        return LeftOut(path, CollectKind.PACKING)
    return Member(path, info.file_size, partial(_read, archive, info), _written_at(info))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A file's bytes, no more than its entry has promised; BadArchive where they are damaged."""
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadArchive from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written: what is not marked as UTF-8 is in an encoding that no zip tells."""
    if info.flag_bits & UTF8_NAME or info.orig_filename.isascii():
        return info.orig_filename
    written = info.orig_filename.encode("cp437")
    try:
        return written.decode()
    except UnicodeDecodeError:
        return suggested_name(os.fsdecode(written))


def _written_at(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time) if info.date_time != NO_DATE else None
    except ValueError:
        return None


def safe_path(name: str) -> str | None:
    """The path with `/` between its parts; None where it leads out of its folder, or no file can have that name."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    leads_out = name.startswith(("/", "\\")) or DRIVE.match(name) or ".." in parts
    return None if leads_out or not parts or "\0" in name or not is_text(name) else "/".join(parts)


def _of_folder(folder: Path) -> Iterator[Member | LeftOut]:
    """The files of a folder on disk; links are not followed."""
    count = 0
    for place, folders, files in os.walk(folder, onerror=_raise):
        folders.sort()
        count += len(folders) + len(files)
        if count > MOST_MEMBERS:
            raise BadArchive(too_large=True)
        for each in sorted([*files, *(name for name in folders if Path(place, name).is_symlink())]):
            path = Path(place, each)
            name = path.relative_to(folder).as_posix()
            name = name if is_text(name) else suggested_name(name)
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                yield Member(name, status.st_size, path.read_bytes)
            else:
                yield LeftOut(name, CollectKind.LINK)


def _raise(error: OSError) -> None:
    raise error


class Paths:
    """Paths of files that can lie beside each other on every file system."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: str) -> bool:
        """Whether the path could be added."""
        parts = unicodedata.normalize("NFC", path).casefold().split("/")
        whole = "/".join(parts)
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        if whole in self._files or whole in self._folders or above & self._files:
            return False
        self._files.add(whole)
        self._folders |= above
        return True


def _distinct(found: Iterable[Member | LeftOut]) -> Iterator[Member | LeftOut]:
    """The same, without what could not lie beside an earlier file."""
    paths = Paths()
    for each in found:
        is_twin = isinstance(each, Member) and not paths.add(each.path)
        yield LeftOut(each.path, CollectKind.TWIN) if is_twin else each


def is_junk(path: str, patterns: Sequence[str]) -> bool:
    """Whether a part of the path matches one of the patterns: what no student means to hand in."""
    return any(fnmatchcase(part, pattern) for part in path.split("/") for pattern in patterns)


def are_of_packing(times: Sequence[datetime]) -> bool:
    """Whether these times, in the order of the archive, may be when it was made, and not when each file came in.

    Canvas and newer versions of Moodle write the former. Such times grow from file to file; and they stay close
    together when a folder that was unpacked is packed again, in another order.
    """
    grow = all(before <= after for before, after in itertools.pairwise(times))
    return grow or max(times) - min(times) <= LONGEST_PACKING
