"""The pages of feedback as the zip that Moodle takes back through “Upload multiple feedback files in a zip”."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from autograder.classroom.filling import Left
from autograder.classroom.history import moves_of
from autograder.grading.course import Assignment
from autograder.kinds import ExportKind


def pack_feedback(assignment: Assignment, prefixes: Mapping[str, str]) -> tuple[bytes | None, list[Left]]:
    """The zip, in which the names of a student's pages begin with their prefix; and who has no page, or an old one.

    None where nobody has a page.
    """
    moves = moves_of(assignment.course, assignment.name)
    moved = {move.student: datetime.fromisoformat(move.at).timestamp() for move in moves}
    packed = io.BytesIO()
    left = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for student, prefix in prefixes.items():
            pages = sorted(assignment.feedback(student).glob("*.html"))
            if not pages:
                left.append(Left(ExportKind.NO_FEEDBACK, student))
            elif min(map(_changed_at, pages)) < max(moved.get(student, 0), _marked_at(assignment, student)):
                left.append(Left(ExportKind.OLD_FEEDBACK, student))
            for page in pages:
                archive.write(page, prefix + page.name)
        has_pages = bool(archive.namelist())
    return (packed.getvalue() if has_pages else None), left


def _marked_at(assignment: Assignment, student: str) -> float:
    return max(map(_changed_at, assignment.autograded(student).glob("*.ipynb")), default=0)


def _changed_at(path: Path) -> float:
    return path.stat().st_mtime
