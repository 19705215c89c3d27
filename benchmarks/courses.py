"""How fast public courses are marked: stock nbgrader, and this grader with one and two jobs, in one run.

python benchmarks/courses.py FOLDER    writes benchmarks/courses.md; FOLDER holds the courses of `public_courses.py`
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import nbformat
from courses_marks import hand_in, release
from marking import ENVIRONMENT, Run, watched
from pages import write_page
from public_courses import COURSES, PublicCourse, lay

REPORT = Path(__file__).with_suffix(".md")
TIMES = 10  # as fast as nbgrader, or more: what is aimed at with two jobs, start-up apart
SHORT = 1.0  # seconds: a course whose cells take less is aimed at


@dataclass(frozen=True)
class Timed:
    """A class marked by each: nbgrader a part of it; and the seconds of the reference's longest cell."""

    nbgrader: Run
    one: Run
    two: Run
    longest_cell: float

    def whole_class(self) -> float:
        """nbgrader's seconds for the class: its start-up once, then each submission as it took in the part."""
        return self.nbgrader.starts[0] + 60 * (self.two.submissions - 1) / self.nbgrader.a_minute_after_the_first

    def ratio(self, run: Run) -> float:
        """How many times as fast as nbgrader, start-up and first submission apart."""
        return run.a_minute_after_the_first / self.nbgrader.a_minute_after_the_first

    def whole_ratio(self, run: Run) -> float:
        """How many times as fast, the whole command for the whole class."""
        return self.whole_class() / run.seconds


def timed(course: PublicCourse, disk: Path, students: int, part: int) -> Timed:
    """The course's first assignment, marked for so many students, and by nbgrader for a part of them."""
    assignment, files = next(iter(course.assignments.items()))
    course = replace(course, assignments={assignment: files})
    with tempfile.TemporaryDirectory() as folder:
        theirs, one, two = Path(folder, "theirs"), Path(folder, "one"), Path(folder, "two")
        theirs.mkdir()
        lay(course, disk, theirs)
        release(theirs, course)
        hand_in(theirs, course, students, may_hang=False)
        shutil.copytree(theirs, one)
        shutil.copytree(theirs, two)
        faulty = sorted((theirs / "submitted").glob("faulty*"))
        chosen = faulty[:: len(faulty) // (part - 1)][: part - 1]
        for student in {*faulty, theirs / "submitted" / "stub"}.difference(chosen):
            shutil.rmtree(student)
        return Timed(
            nbgrader=_nbgrader(theirs, assignment, part),
            one=_ours(one, assignment, students, 1),
            two=_ours(two, assignment, students, 2),
            longest_cell=_longest_cell(theirs / "autograded" / "reference" / assignment),
        )


def _nbgrader(root: Path, assignment: str, students: int) -> Run:
    """`nbgrader autograde`, which says when it begins with a submission."""
    started: list[float] = []
    begin = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "nbgrader", "autograde", assignment],
        cwd=root, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        for line in running.stderr:
            if "Creating/updating student" in line:
                started.append(time.monotonic() - begin)
    assert len(started) == students, started
    return Run(students, time.monotonic() - begin, (started[1],))


def _ours(root: Path, assignment: str, students: int, jobs: int) -> Run:
    begin = time.monotonic()
    first, memory = watched("autograder", "grade", assignment, "--jobs", str(jobs), folder=root)
    return Run(students, time.monotonic() - begin, (first,), (memory,))


def _longest_cell(folder: Path) -> float:
    """Seconds, as nbgrader's kernel noted them in the notebooks that it executed."""
    noted = [
        cell.metadata.get("execution", {})
        for path in folder.glob("*.ipynb")
        for cell in nbformat.read(path, as_version=nbformat.NO_CONVERT).cells
    ]
    moments = [
        (each["iopub.execute_input"], each["iopub.status.idle"]) for each in noted if "iopub.status.idle" in each
    ]
    return max((_moment(end) - _moment(begin)).total_seconds() for begin, end in moments)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def report(disk: Path, students: int, part: int) -> Iterator[str]:
    """The lines of the page, measured as they are asked for."""
    yield "# How fast other people's courses are marked"
    yield ""
    yield "Written by `python benchmarks/courses.py FOLDER`, all in one run: for each course its first"
    yield f"assignment, by a class of {students}: the reference, the stub, and answers with faults, none that"
    yield f"hangs. `nbgrader autograde`, as it comes, marks {part} of them, the reference and faulty ones;"
    yield f"{os.cpu_count()} cores, one thread a process, the full sandbox. What the courses are, and that they"
    yield "earn the same in both, is in [courses_marks.md](courses_marks.md)."
    yield ""
    columns = ("", "field", "longest cell, s", "nbgrader, s", "`--jobs 1`, s", "`--jobs 2`, s", "ratio, 1", "ratio, 2")
    yield f"| {' | '.join(columns)} | whole class, 2 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    slow = []
    for course in COURSES:
        found = timed(course, disk, students, part)
        each = [60 / run.a_minute_after_the_first for run in (found.nbgrader, found.one, found.two)]
        name = f"{course.name}, {next(iter(course.assignments))}"
        if found.longest_cell < SHORT and found.ratio(found.two) < TIMES:
            slow.append(name)
        yield (
            f"| {name} | {course.field} | {found.longest_cell:.2f} | {each[0]:.2f} | {each[1]:.2f} | {each[2]:.2f} | "
            f"{found.ratio(found.one):.1f} | {found.ratio(found.two):.1f} | {found.whole_ratio(found.two):.1f} |"
        )
    yield ""
    yield "Seconds are for a submission. They and the ratios are start-up and first submission apart; *whole"
    yield f"class* is not: there the whole command for {students} counts, nbgrader's being its start-up and"
    yield f"{students} times what a submission took. The longest cell is the reference's, in nbgrader's kernel:"
    yield "where it imports, that is done here once a class."
    yield ""
    reached = f"all but {', '.join(slow)}" if slow else "all"
    yield f"At least {TIMES} times at two jobs, where no cell takes {SHORT:.0f} s: {reached}."


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--students", type=int, default=40)
    arguments.add_argument("--part", type=int, default=6)
    options = arguments.parse_args()
    write_page(REPORT, report(options.folder, options.students, options.part))


if __name__ == "__main__":
    main()
