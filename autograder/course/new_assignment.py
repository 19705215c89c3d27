"""A new assignment: a folder with all that `release` and `grade` need, to be changed into one's own."""

import re
from pathlib import Path

from autograder.course.build import CONFIGURATION
from autograder.digests import PACKAGE

TEMPLATES = PACKAGE / "new_assignment"
PLACEHOLDER = "NAME"
LEGAL = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def is_legal(name: str) -> bool:
    """Whether an assignment can have this name: its folder, its notebook and nbgrader call it so."""
    return LEGAL.fullmatch(name) is not None


def course_around(folder: Path) -> Path | None:
    """The course that the folder lies in, if it is not one's own."""
    if (folder / CONFIGURATION).exists():
        return None
    return next((each for each in folder.parents if (each / CONFIGURATION).exists()), None)


def lay(course_root: Path, name: str) -> list[Path]:
    """Writes source/NAME, and the course's configuration where there is none; FileExistsError for one that is there."""
    folder = course_root / "source" / name
    folder.mkdir(parents=True)
    written = [_write(each, folder, name) for each in sorted(TEMPLATES.glob("*.*")) if each.name != CONFIGURATION]
    if not (course_root / CONFIGURATION).exists():
        course = course_root.name if is_legal(course_root.name) else "course"
        written.append(_write(TEMPLATES / CONFIGURATION, course_root, course))
    return written


def _write(template: Path, folder: Path, name: str) -> Path:
    """The template in a folder, with this name in it and in its own."""
    path = folder / template.name.replace(PLACEHOLDER, name)
    path.write_text(template.read_text(encoding="utf-8").replace(PLACEHOLDER, name), encoding="utf-8")
    return path
