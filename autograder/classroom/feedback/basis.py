"""What a page rests on, which it notes of itself: so it is known whether it would be the same today."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom.feedback.recorded import Recorded
from autograder.digests import digest, digest_of_environment, digest_of_folder
from autograder.grading.course import Assignment
from autograder.grading.handed_out import course_notebooks
from autograder.grading.marked import CourseNotebooks

NOTED = re.compile(rb'<meta name="basis" content="([0-9a-f]+)">')
BEGINNING = 4096  # bytes of a page, in which it stands


@dataclass(frozen=True)
class CourseBasis:
    """What the course gives to every page of an assignment, and a digest of that and of all that makes pages."""

    notebooks: CourseNotebooks
    basis: str


def given_in(assignment: Assignment) -> CourseBasis:
    notebooks = course_notebooks(assignment)
    cells = [json.dumps(each.cells, sort_keys=True) for languages in notebooks.values() for each in languages.values()]
    return CourseBasis(notebooks, digest([digest_of_environment(), *cells]))


def basis_of(given: CourseBasis, marked: Path | None, known: Recorded) -> str:
    """A digest of what a page is made of: the course's part, the folder of the marked notebook, and the gradebook's."""
    return digest([given.basis, digest_of_folder(marked) if marked else "", repr(known)])


def marked_notebooks(assignment: Assignment, student: str) -> list[Path]:
    """The student's notebooks of which there is to be a page."""
    return sorted(assignment.autograded(student).glob("*.ipynb"))


def is_current(assignment: Assignment, given: CourseBasis, student: str, known: Mapping[str, Recorded]) -> bool:
    """Whether each of the student's pages is there and rests on what it would rest on now."""
    paths = marked_notebooks(assignment, student)
    return bool(paths) and all(
        path.stem in known
        and _noted(assignment.feedback(student) / f"{path.stem}.html") == basis_of(given, path.parent, known[path.stem])
        for path in paths
    )


def _noted(page: Path) -> str | None:
    """What the page says it rests on; None where there is none, or it is not ours."""
    try:
        with page.open("rb") as file:
            noted = NOTED.search(file.read(BEGINNING))
    except OSError:
        return None
    return noted[1].decode() if noted else None
