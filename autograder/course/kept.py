"""What running has shown, kept in the course's folder: what rests on the same need not run again.

Nothing of it is committed. A fresh clone, and so CI, finds everything by running; so does whoever deletes the folder.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.digests import digest, digest_of_environment
from autograder.replacing import replace_file

FOLDER = ".proved"
NOT_RUN = ("grading", "classroom", "cli")  # rooms that neither a proof nor a notebook of a course knows


@dataclass(frozen=True)
class Kept:
    """Files that were made by running, each with a digest of itself and of what it rests on."""

    folder: Path
    environment: str  # the digest of what all of them rest on

    def content(self, name: Path, rests_on: Iterable[str | bytes], make: Callable[[], bytes]) -> bytes:
        """What `make` gives, or gave when it rested on the same; where it raises, nothing is kept."""
        file, rests_on = self.folder / name, [self.environment, *rests_on]
        noted, _end, content = (file.read_bytes() if file.is_file() else b"").partition(b"\n")
        if noted.decode(errors="replace") == digest([*rests_on, content]):
            return content
        content = make()
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, digest([*rests_on, content]).encode() + b"\n" + content)
        return content


def kept_in(course_root: Path) -> Kept:
    """What is kept of this course, as far as it holds for the environment of now."""
    return Kept(course_root / FOLDER, digest_of_environment(NOT_RUN))
