"""Where the time of a marking goes: what the grader does and waits for, each stage without those inside of it.

python benchmarks/stages.py     writes benchmarks/stages.md
"""

import argparse
import contextlib
import functools
import gc
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

os.environ["OMP_NUM_THREADS"] = "1"  # before PyTorch is imported, as `autograder grade` does

from classes import ASSIGNMENTS, make_class
from pages import write_page

from autograder.checks import subject
from autograder.grading import Limits, examiner, marking, open_course
from autograder.grading.handed_out import course_notebooks
from autograder.network import CannotReplay, NotEvidence, evidence, following, way
from autograder.process import asking, student, wire
from autograder.process.warm import Child, Zygote

REPORT = Path(__file__).with_suffix(".md")
SEED = 7
REST = "the rest"
ASKED = {
    wire.QUESTIONS_TO_COME: "waiting: questions can come",
    "cell": "waiting: a cell of the notebook runs",
    "files": "waiting: the submission's files are laid out",
    "names_read": "waiting: which names cells read",
    "look_up": "waiting: a name is looked up",
    "_default_dtype": "waiting: the default dtype",
    "_call_each": "waiting: a function is called",
    "_observe_new": "waiting: a network is made and observed",
    "reading": "waiting: a trace is read in replays",
    "field": "waiting: how far a value sees",
}
OF_A_MARKING = (
    (marking, "read_submitted", "the file is read and checked"),
    (marking, "rebuilt", "the course's cells are put back"),
    (marking, "skippable", "which demonstrations are run"),
    (marking, "outputs_in_file", "what they showed is taken over"),
    (marking, "cleaned", "outputs and texts are cleaned"),
    (student, "checked_outputs", "outputs are checked"),
    (student, "left_too_little", "what a cell left of the limits"),
    (examiner, "execute", "test cells judge"),
    (wire, "packed", "messages are coded"),
    (wire, "unpacked", "messages are decoded"),
    (Zygote, "fork", "waiting: a process is forked"),
    (Child, "end", "waiting: a process ends"),
)
OF_A_READING = (
    (evidence, "_is_well_formed", "whether the trace is well formed"),
    (way, "Effects", "operators are executed on two inputs, in step"),
    (following.Following, "before", "places are followed"),
    (way.Origins, "follow", "where numbers come from is followed"),
    (way, "strays", "pixels are changed, and where they arrive"),
    (way, "parameter_bounds", "the bounds of the parameters"),
    (way, "operators_between", "which operators lie between"),
)


class Stages:
    """Seconds by stage; while an inner stage runs, the outer one's clock stands."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        self._running: list[str] = []
        self._since = time.perf_counter()

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._lap()
        self._running.append(name)
        self.times[name] += 1
        try:
            yield
        finally:
            self._lap()
            self._running.pop()

    @contextlib.contextmanager
    def timing(self, functions: Iterable[tuple[Any, str, str]]) -> Iterator[None]:
        """Each function, by the module or class that has it and its name, is a stage inside."""
        with contextlib.ExitStack() as patched:
            for place, name, stage in functions:
                patched.enter_context(patch.object(place, name, self._timed(stage, getattr(place, name))))
            yield

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            with self.stage(stage):
                return function(*arguments, **options)

        return timed

    def _lap(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


def measured(students: int, only_right: bool) -> tuple[Stages, Stages]:
    """The stages of marking a class one after the other, and of reading its traces once more in this process."""
    of_marking, of_reading = Stages(), Stages()
    traces: list[tuple[Any, ...]] = []
    exchanged, confirmed = student.StudentProcess._exchanged, asking.confirmed

    def asked(self: student.StudentProcess, child: Child, what: str, *arguments: Any) -> Any:
        with of_marking.stage(ASKED.get(what, REST)):
            return exchanged(self, child, what, *arguments)

    def kept(*arguments: Any) -> Any:
        traces.append(arguments[:3])
        return confirmed(*arguments)

    with TemporaryDirectory() as folder, Zygote(Limits(), modules=("autograder.checks",)) as zygote:
        make_class(Path(folder), students, only_right=only_right)
        course = open_course(Path(folder))
        notebooks = {name: course_notebooks(course.assignment(name)) for name in ASSIGNMENTS}
        handed_in = [
            (notebooks[name], marking.Submission(path.name, {name: path.read_bytes()}, {}, SEED))
            for name in ASSIGNMENTS
            for path in sorted(Path(folder, "submitted").glob(f"*/{name}/*.ipynb"))
        ]
        zygote.start()
        gc.freeze()  # as the driver does before it forks its workers
        for course_has, submission in (handed_in[0], handed_in[-1]):  # the first of each is slower
            marking.mark_submission(course_has, submission, zygote, Limits())
        with (
            of_marking.timing(OF_A_MARKING),
            patch.object(student.StudentProcess, "_exchanged", asked),
            patch.object(asking, "confirmed", kept),
        ):
            for course_has, submission in handed_in:
                with of_marking.stage(REST):
                    marking.mark_submission(course_has, submission, zygote, Limits())
    with of_reading.timing(OF_A_READING), subject.reproducible():
        for trace in traces:
            with of_reading.stage(REST), contextlib.suppress(NotEvidence, CannotReplay):
                evidence.confirmed(*trace)
    return of_marking, of_reading


def table(stages: Stages, students: int) -> Iterator[str]:
    whole = stages.seconds.total()
    yield "| stage | ms a submission | share | times |"
    yield "|---|---|---|---|"
    for name, seconds in stages.seconds.most_common():
        times = stages.times[name] / students
        yield f"| {name} | {1000 * seconds / students:.1f} | {seconds / whole:.1%} | {times:.1f} |"
    yield f"| **all** | **{1000 * whole / students:.1f}** | | |"


def report(students: int) -> Iterator[str]:
    """The lines of the report, measured as they are asked for."""
    yield "# Where the time of a marking goes"
    yield ""
    yield f"Written by `python benchmarks/stages.py`: {students} submissions, half of them to each assignment, marked"
    yield f"one after the other in the full sandbox; {os.cpu_count()} cores, one thread a process. “Waiting” is for the"
    yield "student's process, or for that which replays; each such stage holds the way there and back."
    for title, only_right in (("The benchmark's class", False), ("A class of right answers", True)):
        of_marking, of_reading = measured(students, only_right)
        yield from ("", f"## {title}", "", *table(of_marking, students))
        yield from ("", "What a reading consists of, done once more in one process:", "", *table(of_reading, students))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--students", type=int, default=40)
    write_page(REPORT, report(arguments.parse_args().students))


if __name__ == "__main__":
    main()
