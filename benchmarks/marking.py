"""How fast a class is marked: stock nbgrader, this grader with one and two jobs, and the floor, in one run.

python benchmarks/marking.py            writes benchmarks/marking.md
python benchmarks/marking.py --scale    adds 40 submissions against 400, and the memory at their beginning and end
"""

import argparse
import contextlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = (
        "1"  # before PyTorch is imported, as `autograder grade` does; nbgrader's kernels gain from it too
    )

import nbformat
import psutil
from classes import ASSIGNMENTS, make_class
from pages import write_page

REPORT = Path(__file__).with_suffix(".md")
AIM = 60  # times as fast as nbgrader, two at a time, start-up apart
WHAT_HOLDS_IT = """\
More than half of that a mark rests on, and nbgrader has nothing of the kind: every network is run at three batch sizes
and once unwatched, and what it recorded is executed again on other numbers and followed, for each of them
([stages.md](stages.md)). Most of all time is Python's interpreter, a seventh is PyTorch's own kernels.

What helped: one reading for all rules about a network; the process that replays made ready while the network still
runs; how far a value sees guessed from its layers and only confirmed; operators replayed on two inputs in step; all
that is imported and run once kept out of the garbage collector's sight; the cells before a test that look whether
tests tell the truth, run in one request.

What did not: convolutions without oneDNN; a rarer garbage collection in students' processes (2 % of a notebook of
figures); more figures drawn in the warm process before it forks; pictures compressed less.

What would, and is not done: one batch size in place of three, a third of all observing and replaying, would let pass a
network that is another one for two images; one process that replays for a class in place of one for each submission
would let what one student's trace does to it reach the next.

The first mark waits until PyTorch and nbgrader are imported, side by side, cells of every kind have run once in the
warm process, and a first submission is marked.
"""
SEED = 7
BEGINNING = 15  # submissions to each assignment, over which memory is averaged, as at the end
BESIDE = str(Path(sys.executable).parent)
ENVIRONMENT = {**os.environ, "PATH": f"{BESIDE}{os.pathsep}{os.environ['PATH']}", "JUPYTER_NO_CONFIG": "1"}


@dataclass(frozen=True)
class Run:
    """A class marked: how many submissions, in how many seconds; by assignment, seconds to the first, and memory."""

    submissions: int
    seconds: float
    starts: tuple[float, ...] = ()
    memory: tuple["Memory", ...] = ()

    @property
    def a_minute(self) -> float:
        return 60 * self.submissions / self.seconds

    @property
    def a_minute_after_the_first(self) -> float:
        return 60 * (self.submissions - len(self.starts)) / (self.seconds - sum(self.starts))


@dataclass(frozen=True)
class Memory:
    """MB at each mark: what the driver and the workers took, and that with the students' processes."""

    lasting: list[float]
    whole: list[float]


def stock(students: int) -> Run:
    """`nbgrader autograde`, as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        did = make_class(root, students, stock=True)
        for assignment in ASSIGNMENTS:
            command("nbgrader", "generate_assignment", assignment, folder=root)
        begin = time.monotonic()
        for assignment in ASSIGNMENTS:
            command("nbgrader", "autograde", assignment, folder=root)
        return Run(sum(map(len, did.values())), time.monotonic() - begin)


def ours(students: int, jobs: int) -> Run:
    """`autograder grade`, whole commands, one after the other for the two assignments."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        did = make_class(root, students)
        begin = time.monotonic()
        of_each = [watched("autograder", "grade", each, "--jobs", str(jobs), folder=root) for each in ASSIGNMENTS]
        starts, taken = zip(*of_each, strict=True)
        return Run(sum(map(len, did.values())), time.monotonic() - begin, starts, taken)


def command(module: str, *arguments: str, folder: Path) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)


def watched(module: str, *arguments: str, folder: Path) -> tuple[float, Memory]:
    """Seconds until a command that marks told the first mark, and memory."""
    command = [sys.executable, "-u", "-m", module, *arguments]
    begin, first, taken = time.monotonic(), 0.0, Memory([], [])
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout:
            if "/" in line.split("  ")[0]:
                first = first or time.monotonic() - begin
                driver = psutil.Process(running.pid)
                taken.lasting.append(memory(driver_and_workers(driver)))
                taken.whole.append(memory([driver, *driver.children(recursive=True)]))
    return first, taken


def driver_and_workers(driver: psutil.Process) -> list[psutil.Process]:
    """The processes that live as long as the marking does."""
    return [driver, *(each for each in driver.children() if not _is_sandbox(each))]


def _is_sandbox(process: psutil.Process) -> bool:
    try:
        return "bwrap" in process.name()
    except psutil.Error:
        return True


def memory(processes: list[psutil.Process]) -> float:
    """What the processes take together, in MB."""
    total = 0
    for each in processes:
        with contextlib.suppress(psutil.Error):
            total += each.memory_full_info().pss
    return total / 2**20


def floor(students: int) -> tuple[float, dict[str, float]]:
    """Seconds a submission, when one warm process runs the cells that marking runs, and judges in the same process.

    Also the seconds a submission that each stage of the marking takes, apart from the driver's.
    """
    from autograder.cells.names import names_read
    from autograder.checks import notebook as door
    from autograder.grading import Limits, open_course
    from autograder.grading.demonstrations import skippable
    from autograder.grading.handed_out import course_notebooks
    from autograder.grading.marking import mark_notebook
    from autograder.grading.reading import read_submitted
    from autograder.grading.rebuild import rebuilt
    from autograder.process.asking import Asking
    from autograder.process.shell import Shell
    from autograder.process.student import StudentProcess
    from autograder.process.warm import Zygote

    shell = Shell(Limits().output_bytes)
    shell.enable_matplotlib()
    stages: dict[str, list[float]] = {}

    def timed(stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
        begin = time.perf_counter()
        done = work(*arguments)
        stages.setdefault(stage, []).append(time.perf_counter() - begin)
        return done

    def all_cells(cells: list[nbformat.NotebookNode]) -> None:
        shell.forget()
        shell.namespace["answer"], shell.namespace["check"] = door("ru", shell.namespace)
        skipped = skippable(cells, names_read)
        for cell in cells:
            if cell.id not in skipped and not cell.id.startswith("setup"):
                with contextlib.redirect_stdout(io.StringIO()):
                    shell.run(cell.source)

    with tempfile.TemporaryDirectory() as folder, Zygote(Limits(), modules=("autograder.checks",)) as zygote:
        zygote.start()
        make_class(Path(folder), students)
        course = open_course(Path(folder))
        for assignment in ASSIGNMENTS:
            notebooks = course_notebooks(course.assignment(assignment))[assignment]
            for path in sorted(Path(folder, "submitted").glob(f"*/{assignment}/*.ipynb")):
                given = timed("read", read_submitted, assignment, path.read_bytes(), notebooks)
                whole = timed("rebuild", rebuilt, notebooks["ru"], given.notebook).notebook
                cells = [cell for cell in whole.cells if cell.cell_type == "code"]
                timed("floor", all_cells, cells)
                with StudentProcess(zygote, Limits()) as student:
                    timed("child ready", Asking(student).names)
                timed("rebuild, run and judge", mark_notebook, notebooks, given, zygote, Limits(), SEED)
    means = {stage: statistics.mean(seconds) for stage, seconds in stages.items()}
    return means.pop("floor"), means


def report(students: int, scale: bool) -> Iterator[str]:
    """The lines of the report, measured as they are asked for."""
    yield "# How fast a class is marked"
    yield ""
    yield f"Written by `python benchmarks/marking.py`: {students} submissions made of `tests/answers`, half of them to"
    yield f"each assignment, none that hang; {os.cpu_count()} cores, one thread a process, the full sandbox."
    yield ""
    lowest, stages = floor(students)
    nbgrader, one, two = stock(students), ours(students, 1), ours(students, 2)
    yield "| | submissions a minute | ratio to nbgrader | whole command, s |"
    yield "|---|---|---|---|"
    for name, run in {"`nbgrader autograde`": nbgrader, "`autograder grade --jobs 1`": one, "`--jobs 2`": two}.items():
        yield f"| {name} | {run.a_minute:.0f} | {run.a_minute / nbgrader.a_minute:.1f} | {run.seconds:.0f} |"
    for name, run in {"`--jobs 1`": one, "`--jobs 2`": two}.items():
        rate = run.a_minute_after_the_first
        yield f"| {name}, after the first of each assignment | {rate:.0f} | {rate / nbgrader.a_minute:.1f} | |"
    yield ""
    new, known = two.starts
    yield f"From the command to the first mark: {new:.1f} s in a course without a gradebook, where nbgrader makes one,"
    yield f"and {known:.1f} s later."
    yield ""
    yield "| stage | ms a submission |"
    yield "|---|---|"
    for stage, seconds in stages.items():
        yield f"| {stage} | {1000 * seconds:.1f} |"
    yield f"| the same cells and checks in one warm process, nothing apart | {1000 * lowest:.1f} |"
    yield ""
    yield "Checks in a notebook observe a network anew each time, since a class may change under them; the grader does"
    yield "so once between two cells, and so can take less time than one process that does everything."
    if scale:
        yield ""
        yield "| submissions | a minute, after the first | driver and workers, MB | all processes, MB | most, MB |"
        yield "|---|---|---|---|---|"
        for run in (ours(40, 2), ours(400, 2)):
            lasting = _from_beginning_to_end([each.lasting for each in run.memory])
            whole = _from_beginning_to_end([each.whole for each in run.memory])
            most = max(max(each.whole) for each in run.memory)
            yield f"| {run.submissions} | {run.a_minute_after_the_first:.0f} | {lasting} | {whole} | {most:.0f} |"
        yield ""
        yield f"Memory is the mean over the first {BEGINNING} marks of an assignment and, behind the arrow, over the"
        yield "last; “most” is the highest of all moments, of which a longer run has more."
    theirs, of_ours = (60 / rate for rate in (nbgrader.a_minute, two.a_minute_after_the_first))
    yield ""
    yield f"## What keeps it below {AIM} times"
    yield ""
    yield f"nbgrader takes {theirs:.2f} s a submission. {AIM} times as fast would be {theirs / AIM:.3f} s at two jobs;"
    yield f"it is {of_ours:.3f} s."
    yield from WHAT_HOLDS_IT.splitlines()


def _from_beginning_to_end(of_each: list[list[float]]) -> str:
    """Means over the first marks and over the last, of the command that ended with the most."""
    begins_and_ends = [(statistics.mean(each[:BEGINNING]), statistics.mean(each[-BEGINNING:])) for each in of_each]
    begins, ends = max(begins_and_ends, key=lambda pair: pair[1])
    return f"{begins:.0f} → {ends:.0f}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--students", type=int, default=60)
    arguments.add_argument("--scale", action="store_true")
    options = arguments.parse_args()
    write_page(REPORT, report(options.students, options.scale))


if __name__ == "__main__":
    main()
