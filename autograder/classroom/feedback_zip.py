"""The pages of feedback as the zip that Moodle takes back through “Upload multiple feedback files in a zip”."""

import io
import zipfile
from collections.abc import Mapping

from autograder.classroom.feedback.basis import given_in, is_current
from autograder.classroom.feedback.recorded import all_recorded
from autograder.classroom.filling import Left
from autograder.grading.course import Assignment
from autograder.kinds import ExportKind


def pack_feedback(assignment: Assignment, prefixes: Mapping[str, str]) -> tuple[bytes | None, list[Left]]:
    """The zip, in which the names of a student's pages begin with their prefix; and whose pages are not in it.

    They are students who were marked, and have no page, or one of other marks. None where nobody has a page.
    """
    packed = io.BytesIO()
    left = []
    given, known = given_in(assignment), all_recorded(assignment)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for student, prefix in prefixes.items():
            pages = sorted(assignment.feedback(student).glob("*.html"))
            if not pages:
                left.append(Left(ExportKind.NO_FEEDBACK, student))
            elif not is_current(assignment, given, student, known[student]):
                left.append(Left(ExportKind.OLD_FEEDBACK, student))
            else:
                for page in pages:
                    archive.write(page, prefix + page.name)
        has_pages = bool(archive.namelist())
    return (packed.getvalue() if has_pages else None), left
