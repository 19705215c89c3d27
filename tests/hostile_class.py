"""A class of students who attack: their files, the notebooks they hand in, and a process apart that marks them.

A file in `hostile/` is an answer file (see `autograder.course.answers`) that may say more: `# stops: CELL ...` names
the cells and test cells in which the student's process must be lost, `# may stop: CELL ...` those in which
it depends on the machine, and `# %% after GRADE_ID` is a cell that the student added there, whose id is `own-GRADE_ID`.
"""

import contextlib
import functools
import json
import multiprocessing
import os
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade, is_grade
from own_left_out import OWN, own_left_out

from autograder.checks.losses import LOSSES
from autograder.course.answers import AnswerFile, read_answers, submission
from autograder.course.build import in_language
from autograder.faults import SubmissionFault
from autograder.grading.marked import Submission, could_not_tell
from autograder.grading.marking import mark_submission
from autograder.process.limits import MEGABYTE, Limits
from autograder.process.warm import Zygote

HOSTILE = Path(__file__).parent / "hostile"
ROOT = Path(__file__).parents[1]
ASSIGNMENTS = ("variant3", "variant2")
LIMITS = Limits(cpu_seconds=1.0, wall_seconds_per_cpu_second=3.0, memory_mb=1500, processes=40)
MOST_SECONDS = 900  # for one notebook: a marking process that takes longer than its total hangs, on any machine
MOST_MEMORY_MB = 8_000  # the marking process may not harm the machine either
STOPS = re.compile(r"^# stops: *(.*)\n", re.MULTILINE)
MAY_STOP = re.compile(r"^# may stop: *(.*)\n", re.MULTILINE)
AFTER = "after "


@dataclass(frozen=True)
class Attack:
    """An answer file, the cells that the student added, and the cells in which the process must be lost."""

    answers: AnswerFile
    added: dict[str, str]
    stops: tuple[str, ...]
    may_stop: tuple[str, ...]

    @property
    def assignment(self) -> str:
        """The first assignment that has all the cells of which the file speaks."""
        named = {*self.answers.cells, *self.answers.unearned, *self.added}
        return next(name for name in ASSIGNMENTS if named <= grade_ids(source(name)))


@dataclass(frozen=True)
class Outcome:
    """What marking an attack came to: plain data that crosses from the process that marked it."""

    lost: tuple[str, ...] = ()
    undecided: dict[str, str] = field(default_factory=dict)
    stopped: tuple[str, ...] = ()
    repairs: tuple[tuple[str, str], ...] = ()
    text: str = ""  # the marked notebook as it would be written
    unreadable: str | None = None
    left: tuple[str, ...] = ()  # processes of the student's that still run
    killed: tuple[str, ...] = ()  # processes of the sandbox that do not run any more
    peak_mb: int = 0  # of the marking process
    broken: str = ""  # how the marking process itself came to grief


def read_attack(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    stops, may_stop = (each.search(text) for each in (STOPS, MAY_STOP))
    for each in (STOPS, MAY_STOP):
        text = each.sub("", text)
    answers = read_answers(text, path.name)
    added = {name.removeprefix(AFTER): cell for name, cell in answers.cells.items() if name.startswith(AFTER)}
    given = {name: cell for name, cell in answers.cells.items() if not name.startswith(AFTER)}
    attack = Attack(replace(answers, cells=given), added, _names(stops), _names(may_stop))
    return replace(attack, answers=own_left_out(attack.assignment, attack.answers))


def _names(found: re.Match | None) -> tuple[str, ...]:
    return tuple(found[1].split()) if found else ()


def handed_in(attack: Attack) -> NotebookNode:
    """The released notebook with the attack in it and the reference's answers for the rest."""
    notebook = submission(released(attack.assignment), source(attack.assignment), attack.answers)
    for after, text in attack.added.items():
        place = next(place for place, cell in enumerate(notebook.cells) if name_of(cell) == after)
        notebook.cells.insert(place + 1, new_code_cell(text, id=f"own-{after.replace('_', '-')}"))
    return notebook


def reference(assignment: str = "variant3") -> NotebookNode:
    """The reference's answers to all exercises; to judge the student's own task takes as long as all of them."""
    return submission(released(assignment), source(assignment), own_left_out(assignment, AnswerFile()))


@functools.cache
def source(assignment: str) -> NotebookNode:
    return _with_few_seeds(ROOT / "source" / assignment / f"{assignment}.ipynb")


@functools.cache
def released(assignment: str) -> NotebookNode:
    return _with_few_seeds(ROOT / "release" / "en" / assignment / f"{assignment}.ipynb")


def _with_few_seeds(path: Path) -> NotebookNode:
    """The notebook with a short experiment: the whole one takes most of the CPU second that a cell has here."""
    return nbformat.reads(path.read_text(encoding="utf-8").replace("SEEDS = range(200)", "SEEDS = range(8)"), as_version=4)


def grade_ids(notebook: NotebookNode) -> set[str]:
    return {name_of(cell) for cell in notebook.cells}


def name_of(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", cell.id)


class MarkingProcess:
    """A process that marks notebooks with one zygote; started again when an attack has broken or hung it."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None

    def __enter__(self) -> "MarkingProcess":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    def mark(self, assignment: str, notebook: NotebookNode | bytes, files: dict[str, bytes] | None = None) -> Outcome:
        """What came of it; the process is started before the seconds are counted."""
        content = notebook if isinstance(notebook, bytes) else nbformat.writes(notebook).encode()
        if self._process is None:
            self._channel, theirs = self._context.Pipe()
            self._process = self._context.Process(target=_serve, args=(theirs,), daemon=False)
            self._process.start()
            theirs.close()
            self._channel.recv()
        self._channel.send((assignment, content, files or {}))
        try:
            if self._channel.poll(MOST_SECONDS):
                outcome = self._channel.recv()
                if outcome.killed:
                    self._stop()
                return outcome
            broken = f"it hung for {MOST_SECONDS} s"
        except (EOFError, ConnectionError):
            self._process.join()
            broken = f"it ended with status {self._process.exitcode}"
        self._stop()
        return Outcome(broken=broken)

    def _stop(self) -> None:
        if self._process is not None:
            family = psutil.Process(self._process.pid).children(recursive=True) if self._process.is_alive() else []
            self._channel.close()
            self._process.kill()
            self._process.join()
            for each in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
            self._process = None


def _serve(channel: Any) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_MB * MEGABYTE,) * 2)
    with Zygote(LIMITS, "sandbox", ("autograder.checks",)) as zygote:
        zygote.start()
        resting = set(psutil.Process().children(recursive=True))
        channel.send("ready")
        with contextlib.suppress(EOFError):
            while True:
                channel.send(_marked(*channel.recv(), zygote, resting))


def _marked(
    assignment: str, content: bytes, files: dict[str, bytes], zygote: Zygote, resting: set[psutil.Process]
) -> Outcome:
    Path("/proc/self/clear_refs").write_text("5")  # the peak is measured from here
    try:
        handed_in = Submission("student", {assignment: content}, files, seed=1)
        marked = mark_submission({assignment: _course(assignment)}, handed_in, zygote, LIMITS)[assignment]
    except SubmissionFault as error:
        return Outcome(unreadable=error.fault)
    except Exception as error:
        return Outcome(broken=f"{type(error).__name__}: {str(error)[:300]}")
    tests = [cell for cell in marked.notebook.cells if cell.cell_type == "code" and is_grade(cell)]
    undecided = {name_of(cell): str(cell.outputs[-1].evalue)[:300] for cell in tests if could_not_tell(cell)}
    stopped = tuple(each.cell for each in marked.attention if each.kind in LOSSES)
    repairs = tuple((each.kind, each.cell) for each in marked.attention if each.kind not in LOSSES)
    running = {each for each in psutil.Process().children(recursive=True) if _runs(each)}
    outcome = Outcome(
        lost=tuple(name_of(cell) for cell in tests if not could_not_tell(cell) and determine_grade(cell)[0] == 0),
        undecided=undecided,
        stopped=stopped,
        repairs=repairs,
        left=tuple(map(str, running - resting)) if resting <= running else (),  # or the sandbox is another
        killed=tuple(map(str, resting - running)),
        peak_mb=_peak_mb(),
    )
    try:
        nbformat.validate(marked.notebook)
        text = nbformat.writes(marked.notebook).encode("utf-8").decode()
    except Exception as error:
        return replace(outcome, broken=f"it can't be written: {type(error).__name__}: {str(error)[:300]}")
    return replace(outcome, text=text)


@functools.cache
def _course(assignment: str) -> dict[str, NotebookNode]:
    return {language: in_language(source(assignment), language) for language in ("ru", "en")}


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _peak_mb() -> int:
    return int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024


def attacks(family: str) -> Iterator[Path]:
    yield from sorted((HOSTILE / family).glob("*.py"))


def outputs_of(text: str) -> str:
    """All that the cells of a written notebook show, the tests' included."""
    return json.dumps([cell.get("outputs", []) for cell in json.loads(text)["cells"]], ensure_ascii=False)


MOST_BYTES = 8 * 2**20  # of a marked notebook: 2 MB for each of the cells that show something
MOST_MEGABYTES = 1200  # of the process that marks


def assert_the_grader_is_well(outcome: Outcome) -> None:
    assert outcome.broken == ""
    assert outcome.left == () and outcome.killed == ()
    assert len(outcome.text) < MOST_BYTES
    assert outcome.peak_mb < MOST_MEGABYTES


def assert_all_is_earned(outcome: Outcome, assignment: str = "variant3") -> None:
    """All that `reference` answers."""
    assert_the_grader_is_well(outcome)
    assert outcome.lost == (own_test(assignment),)
    assert (outcome.undecided, outcome.stopped, outcome.unreadable) == ({}, (), None)


def own_test(assignment: str) -> str:
    """The test of the task that `reference` leaves out."""
    return f"test_{OWN[assignment]}"
