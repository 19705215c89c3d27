"""What lies in a submission's folder: names, kinds and sizes, all of them bounded before a byte is read."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from autograder.faults import SubmissionFault
from autograder.kinds import FaultKind
from autograder.process.limits import MEGABYTE

# What systems and tools leave in a folder, beside what the course's settings leave out.
JUNK = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".venv")
MOST_FILES = 5_000  # and folders
MOST_PATH_BYTES = 1_000  # below the folder: it is copied to where its name is longer
MOST_MEGABYTES = 50  # of all files together


@dataclass(frozen=True)
class Inventory:
    """The files of a folder by their paths in it; `others` are links, pipes, devices and sockets."""

    files: dict[str, Path]
    sizes: dict[str, int]
    others: dict[str, Path]


def inventory(folder: Path, ignored: Sequence[str], shown: str) -> Inventory:
    """The folder's files, but for junk and names that match a pattern of `ignored`.

    SubmissionFault where they are too many; `shown` is the folder as messages name it. Links are not followed.
    """
    found = Inventory({}, {}, {})
    for name, path in _entries(folder, (*ignored, *JUNK), shown):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            found.files[name], found.sizes[name] = path, status.st_size
        else:
            found.others[name] = path
    if sum(found.sizes.values()) > MOST_MEGABYTES * MEGABYTE:
        raise SubmissionFault(FaultKind.TOO_LARGE, notebook=shown, megabytes=str(MOST_MEGABYTES))
    return found


def _entries(folder: Path, ignored: Sequence[str], shown: str) -> Iterator[tuple[str, Path]]:
    """Everything in the folder and the folders in it that is no folder, in the order of the names."""
    count = 0
    for place, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not _is_ignored(name, ignored))
        links = [name for name in folders if Path(place, name).is_symlink()]
        count += len(folders) + len(files)
        if count > MOST_FILES:
            raise SubmissionFault(FaultKind.TOO_MANY_FILES, folder=shown, most=str(MOST_FILES))
        for name in (*folders, *sorted(files)):
            path = Path(place, name)
            relative = path.relative_to(folder).as_posix()
            if len(os.fsencode(relative)) > MOST_PATH_BYTES:
                raise SubmissionFault(FaultKind.LONG_PATH, folder=shown, file=relative, most=str(MOST_PATH_BYTES))
            if name in links or (name not in folders and not _is_ignored(name, ignored)):
                yield relative, path


def _raise(error: OSError) -> None:
    raise error


def _is_ignored(name: str, patterns: Sequence[str]) -> bool:
    """As nbgrader has it, whose patterns are those of a shell: only one with a dot matches a hidden name.

    nbgrader itself lists the folder anew for each file in it, which takes minutes where there are thousands.
    """
    fitting = (each for each in patterns if each.startswith(".") or not name.startswith("."))
    return any(fnmatchcase(name, each) for each in fitting)
