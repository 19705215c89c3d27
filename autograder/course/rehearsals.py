"""Proof that the course's own cells run where tests are judged, apart from the notebook."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from autograder.checks.lab import files_of_rules
from autograder.course.build import CONFIGURATION
from autograder.course.faults import Fault
from autograder.course.kept import Kept
from autograder.course.proofs import Proof, proved_once
from autograder.digests import PACKAGE, digest_of_folder

Rehearsal = Callable[[Path, str, Executor], list[Fault]]  # of a course's assignment, in one of the processes


def rehearsal_proofs(
    rehearsal: Rehearsal, course_root: Path, assignments: Sequence[str], kept: Kept, processes: Executor
) -> list[Proof]:
    """That each assignment can be rehearsed, which rests on its notebooks and rules, the configuration and marking."""
    marking = digest_of_folder(PACKAGE / "grading")
    configuration = (course_root / CONFIGURATION).read_bytes()
    proofs: list[Proof] = []
    for assignment in assignments:
        folder = course_root / "source" / assignment
        notebooks = [part for path in sorted(folder.glob("*.ipynb")) for part in (path.name, path.read_bytes())]
        rules = [part for name, content in files_of_rules(folder).items() for part in (name, content)]
        rests_on = [marking, configuration, *notebooks, *rules]
        rehearse = partial(rehearsal, course_root, assignment, processes)
        proofs.append(partial(proved_once, rehearse, kept, Path("rehearsed", assignment), rests_on))
    return proofs
