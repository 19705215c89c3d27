"""The pages of feedback as the zip that Moodle takes back through “Upload multiple feedback files in a zip”."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.classroom.filling import Left
from autograder.classroom.late import FinalMark
from autograder.grading.course import Assignment
from autograder.kinds import ExportKind

MARK = re.compile(rb'<meta name="mark" content="([^"]*)">')  # that our own pages note
BEGINNING = 4096  # bytes of a page, in which it stands


def pack_feedback(
    assignment: Assignment, prefixes: Mapping[str, str], marks: Mapping[str, FinalMark]
) -> tuple[bytes | None, list[Left]]:
    """The zip, in which the names of a student's pages begin with their prefix; and who has no page, or an old one.

    None where nobody has a page.
    """
    packed = io.BytesIO()
    left = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for student, prefix in prefixes.items():
            pages = sorted(assignment.feedback(student).glob("*.html"))
            if not pages:
                left.append(Left(ExportKind.NO_FEEDBACK, student))
            elif any(_is_old(page, assignment.autograded(student), marks[student]) for page in pages):
                left.append(Left(ExportKind.OLD_FEEDBACK, student))
            for page in pages:
                archive.write(page, prefix + page.name)
        has_pages = bool(archive.namelist())
    return (packed.getvalue() if has_pages else None), left


def _is_old(page: Path, autograded: Path, mark: FinalMark) -> bool:
    """Whether it is of another mark, or of a notebook that was marked again since."""
    with page.open("rb") as file:
        noted = MARK.search(file.read(BEGINNING))
    if noted and noted[1].decode() != mark.fraction:
        return True
    marked_at = max((each.stat().st_mtime for each in autograded.glob("*.ipynb")), default=0)
    return page.stat().st_mtime < marked_at
