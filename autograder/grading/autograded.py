"""The folder of a marked submission: its executed notebooks, what else was handed in, and what the marks rest on."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.cells.files import content_of
from autograder.checks.messages import printable
from autograder.faults import SubmissionFault, reason_of
from autograder.folders import write_files
from autograder.grading.course import Assignment, Course
from autograder.grading.marked import MarkedNotebook, Submission
from autograder.grading.results import Attention, BrokenRule
from autograder.grading.stamp import STAMP, Stamp, stamp_in
from autograder.grading.submissions import notebooks_beside
from autograder.kinds import FaultKind, OddityKind
from autograder.replacing import read_json, replace_folder

# Besides the stamp, in the metadata of an autograded notebook; no mark rests on either.
ATTENTION = "autograder_attention"  # what is to be looked at
NETWORKS = "autograder_networks"  # the outlines of its networks


def read_stamp(assignment: Assignment, student: str) -> Stamp:
    """What the marks in the gradebook rest on."""
    folder = assignment.autograded(student)
    return stamp_in(read_json(folder / path.name) for path in assignment.notebooks())


def read_broken_rules(assignment: Assignment, student: str) -> tuple[BrokenRule, ...]:
    """The rules of the lab that stopped when the submission was marked."""
    notebooks = (read_json(assignment.autograded(student) / path.name) for path in assignment.notebooks())
    broken = (rest for kind, *rest in noted_attention(notebooks) if kind == OddityKind.BROKEN_RULE)
    return tuple(
        BrokenRule(OddityKind.BROKEN_RULE, cell, notebook, rule, int(line), error)
        for cell, notebook, rule, line, error in broken
    )


def noted_attention(notebooks: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """What was noted to be looked at, as `_noted` writes it: each notebook has it, and not each need be there."""
    return next(filter(None, (each.get("metadata", {}).get(ATTENTION) for each in notebooks)), [])


@contextmanager
def autograded_folder(
    assignment: Assignment,
    submission: Submission,
    marked: Mapping[str, MarkedNotebook],
    stamp: Stamp,
    attention: Sequence[Attention] = (),
) -> Iterator[None]:
    """Writes all that belongs into the folder before the body, and puts it in its place after it.

    So that what can't be written is known before the gradebook is touched; where the body fails, the folder that lay
    there stays. SubmissionFault for what can't be written.
    """
    course, folder = assignment.course, assignment.autograded(submission.student)
    with _written(course):
        folder.parent.mkdir(parents=True, exist_ok=True)
        room = tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-", ignore_cleanup_errors=True)
    with room:
        with _written(course):
            _write(Path(room.name, "new"), submission, marked, stamp, attention)
        yield
        with _written(course):
            replace_folder(folder, Path(room.name, "new"), Path(room.name, "old"))


def _write(
    folder: Path,
    submission: Submission,
    marked: Mapping[str, MarkedNotebook],
    stamp: Stamp,
    attention: Sequence[Attention],
) -> None:
    """The executed notebooks and the other files. Other notebooks stay out: nbgrader would look for their marks."""
    folder.mkdir()
    others = notebooks_beside(submission)
    write_files(folder, {name: content for name, content in submission.files.items() if name not in others})
    for name, each in marked.items():
        each.notebook.metadata[STAMP] = stamp.as_plain()
        each.notebook.metadata[NETWORKS] = {network: list(lines) for network, lines in each.networks.items()}
        each.notebook.metadata[ATTENTION] = [_noted(one) for one in attention]
        (folder / f"{name}.ipynb").write_bytes(content_of(each.notebook))


def _noted(one: Attention) -> list[str]:
    rule = [one.rule, str(one.line), one.error] if isinstance(one, BrokenRule) else []
    return [str(one.kind), printable(one.cell), one.notebook, *rule]


@contextmanager
def _written(course: Course) -> Iterator[None]:
    """What can't be written is a fault that names the file."""
    try:
        yield
    except OSError as error:
        file = course.shown(Path(str(error.filename or "autograded")))
        raise SubmissionFault(FaultKind.NOT_WRITTEN, file=file, error=reason_of(error)) from error
