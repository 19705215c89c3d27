"""What goes wrong with the course's own answers, as it was found last: a file beside the gradebook."""

from collections.abc import Sequence
from dataclasses import asdict

from autograder.digests import digest
from autograder.faults import course_fault
from autograder.grading.course import Assignment
from autograder.grading.database import beside_gradebook
from autograder.grading.fingerprint import Parts
from autograder.grading.results import SourceFault
from autograder.kinds import FaultKind
from autograder.replacing import read_json, replace_json

FILE = "source_faults.json"


def note_source_faults(assignment: Assignment, course_now: Parts, faults: Sequence[SourceFault]) -> None:
    """Note what was found, also where that is nothing; CourseFault where it can't be written."""
    path = beside_gradebook(assignment.course, FILE)
    noted = read_json(path)  # nothing where it can't be read: marking the course's answers again brings it back
    noted[assignment.name] = {"course": _digest(course_now), "faults": [asdict(each) for each in faults]}
    with course_fault(FaultKind.NOT_WRITTEN, FILE):
        replace_json(path, noted)


def read_source_faults(assignment: Assignment, course_now: Parts) -> tuple[SourceFault, ...]:
    """What was found of the course as it is now; nothing where its answers were not marked since it changed."""
    noted = read_json(beside_gradebook(assignment.course, FILE))
    try:
        found = noted[assignment.name]
        return tuple(SourceFault(**each) for each in found["faults"]) if found["course"] == _digest(course_now) else ()
    except (KeyError, TypeError):
        return ()


def _digest(course_now: Parts) -> str:
    return digest(f"{name} {part}" for name, part in sorted(course_now.items()))
