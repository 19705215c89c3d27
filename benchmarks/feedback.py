"""How long the pages of a class take: nbgrader's command, and this course's, in one run.

python benchmarks/feedback.py           writes benchmarks/feedback.md
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from classes import ASSIGNMENTS, make_class
from pages import write_page

REPORT = Path(__file__).with_suffix(".md")
NBGRADERS_PAGE = '\nc.pop("GenerateFeedback", None)\nc.pop("HTMLExporter", None)\n'
STOCK, OURS = ("nbgrader", "generate_feedback"), ("autograder", "feedback")


@dataclass(frozen=True)
class Taken:
    """What a command took from its start to its end: seconds by the clock, and of computing on all cores together."""

    seconds: float
    computing: float


def taken_by(root: Path, module: str, *arguments: str) -> Taken:
    """What a command takes in the course."""
    begin, before = time.monotonic(), _computing()
    environment = {**os.environ, "JUPYTER_NO_CONFIG": "1"}
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=root, env=environment, check=True,
                   capture_output=True)  # fmt: skip
    return Taken(time.monotonic() - begin, _computing() - before)


def _computing() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(root: Path, assignment: str) -> Iterator[tuple[str, Taken]]:
    """What was done, and what it took."""
    configuration = root / "nbgrader_config.py"
    course = configuration.read_text("utf-8")
    configuration.write_text(course + NBGRADERS_PAGE, "utf-8")
    yield "`nbgrader generate_feedback`, as it comes", taken_by(root, *STOCK, assignment)
    configuration.write_text(course, "utf-8")
    shutil.rmtree(root / "feedback")
    yield "the same, with the course's page", taken_by(root, *STOCK, assignment)
    shutil.rmtree(root / "feedback")
    yield "`autograder feedback`", taken_by(root, *OURS, assignment)
    yield "again, where nothing has changed", taken_by(root, *OURS, assignment)
    one = min((root / "feedback").iterdir())
    shutil.rmtree(one)
    yield "again, for one student", taken_by(root, *OURS, assignment)


def report(students: int) -> Iterator[str]:
    """The lines of the report, measured as they are asked for."""
    assignment, others = ASSIGNMENTS
    yield "# How long the pages of a class take"
    yield ""
    yield f"Written by `python benchmarks/feedback.py`: {students} submissions to {assignment}, made of `tests/answers`"
    yield f"and marked; {os.cpu_count()} cores; whole commands, from their start to their end."
    yield ""
    yield "| | s | ratio to nbgrader | of computing, s | ratio |"
    yield "|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for student in make_class(root, 2 * students)[others]:
            shutil.rmtree(root / "submitted" / student)
        # Some checks could not tell, or a notebook has no mark: exit code 1 is no failure here.
        subprocess.run([sys.executable, "-m", "autograder", "grade", assignment], cwd=root, capture_output=True)
        nbgrader = None
        for name, taken in measured(root, assignment):
            nbgrader = nbgrader or taken
            by_clock, by_work = nbgrader.seconds / taken.seconds, nbgrader.computing / taken.computing
            yield f"| {name} | {taken.seconds:.1f} | {by_clock:.1f} | {taken.computing:.1f} | {by_work:.1f} |"
    yield ""
    yield "Python's start and the imports are in each of them; the last two are little else. Seconds of computing are"
    yield "of all cores together and of the command alone; by the clock, whatever else the machine does counts, too."


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--students", type=int, default=200)
    write_page(REPORT, report(arguments.parse_args().students))


if __name__ == "__main__":
    main()
