"""Processes that mark submissions, from a warm process that they share; they read and write nothing on disk."""

import contextlib
import gc
import itertools
import multiprocessing
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from typing import Any, Protocol

from autograder.faults import CourseFault
from autograder.grading.guard import guarded
from autograder.grading.judges import has_outside
from autograder.grading.marked import CourseNotebooks, MarkedNotebook, Submission
from autograder.grading.marking import mark_submission
from autograder.grading.rehearsal import Names, Rehearsed, rehearse
from autograder.grading.results import NotMarked
from autograder.kinds import FaultKind
from autograder.later import without_collections
from autograder.process import kernel
from autograder.process.forking import may_fork
from autograder.process.limits import Limits
from autograder.process.warm import CannotStart, Zygote

Examined = dict[str, MarkedNotebook]
Examination = Examined | NotMarked
MORE_SECONDS = 300.0  # a submission that takes so much longer than its total has met a fault of ours


def examine(course: CourseNotebooks, submission: Submission, zygote: Zygote, limits: Limits) -> Examination:
    """The submission executed and judged, or what came in the way; CannotStart where there is no process for it."""
    return guarded(submission.student, mark_submission, course, submission, zygote, limits)


class Crew(Protocol):
    """Who marks: the workers of this machine, or those of a cluster."""

    def rehearse(self, answers: Mapping[str, Names]) -> None:
        """CourseFault where a cell of the course's own goes wrong, which it would do for each submission."""

    def examine(self, submissions: Iterable[Submission]) -> Iterator[tuple[str, Examination]]:
        """Each student with the result, as soon as it is there; CourseFault where nobody can be marked."""

    def close(self) -> None:
        """End what was started; also in the middle."""


class Workers:
    """So many workers, started at once, which share a warm process."""

    def __init__(self, course: CourseNotebooks, zygote: Zygote, jobs: int) -> None:
        if has_outside(cells for languages in course.values() for cells in languages.values()):
            with without_collections():
                from autograder.grading import examiner  # noqa: F401  once, and not in each worker
        gc.freeze()  # or a full collection in each process would copy all that they share
        self._workers = [_Worker(course, zygote) for _ in range(jobs)]

    def rehearse(self, answers: Mapping[str, Names]) -> None:
        """CourseFault where a cell of the course's own goes wrong, which it would do for each submission."""
        self._workers[0].rehearse(answers)

    def examine(self, submissions: Iterable[Submission]) -> Iterator[tuple[str, Examination]]:
        """Each student with the result, as soon as it is there; CourseFault where no student's process can start."""
        waiting = iter(submissions)
        for worker in self._workers:
            yield from _give(worker, waiting)
        while busy := [(worker, worker.student) for worker in self._workers if worker.student is not None]:
            ready = wait([worker.connection for worker, _student in busy], timeout=1.0)
            for worker, student in busy:
                result: Examination | None = None
                if worker.connection in ready:
                    result = guarded(student, worker.take)
                elif worker.takes_too_long:
                    result = worker.replaced("it took too long")
                if result is None:
                    continue
                worker.student = None
                yield from _give(worker, waiting)
                yield student, result

    def close(self) -> None:
        for worker in self._workers:
            worker.close()
        gc.unfreeze()


class _Worker:
    """Our end of a process that marks; made anew when it is lost."""

    def __init__(self, course: CourseNotebooks, zygote: Zygote) -> None:
        self._course, self._shared = course, zygote
        self.student: str | None = None  # whose submission it has
        self._start()

    @property
    def takes_too_long(self) -> bool:
        return time.monotonic() - self._since > self._shared.limits.total_seconds + MORE_SECONDS

    def give(self, submission: Submission) -> None:
        self.student, self._since = submission.student, time.monotonic()
        self._send(submission)

    def _send(self, given: Submission | Mapping[str, Names]) -> None:
        with contextlib.suppress(OSError):  # a worker that has ended says so when its answer is taken
            self.connection.send(given)

    def rehearse(self, answers: Mapping[str, Names]) -> None:
        """Have the course's own cells run; CourseFault where one goes wrong, does not end or ends the process."""
        self._since = time.monotonic()
        self._send(answers)
        last, error = Rehearsed("", ""), None
        while error is None:
            try:
                if self.connection.poll(timeout=1.0):
                    if (found := self.connection.recv()) is None:
                        return
                    last, error = found, found.error
                elif self.takes_too_long:
                    error = "it does not end"
            except (EOFError, OSError):
                error = "it ends the process"
        raise CourseFault(FaultKind.COURSE_CELL, cell=last.cell, notebook=f"{last.notebook}.ipynb", error=error)

    def take(self) -> Examination:
        """What it found; CourseFault where it could not start a student's process."""
        try:
            found = self.connection.recv()
        except (EOFError, OSError):
            return self.replaced("the process that marks it has ended")
        if isinstance(found, CannotStart):
            raise CourseFault(FaultKind.CANNOT_START, error=str(found))
        return found

    def replaced(self, why: str) -> NotMarked:
        """Made anew; what it had is not marked."""
        self.close()
        self._start()
        return NotMarked(self.student or "", FaultKind.ENGINE, {"error": why})

    def close(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        context = forking_or_spawning()
        self.connection, theirs = context.Pipe()
        client = self._shared.client()
        self._process = context.Process(target=_work, args=(theirs, self._course, client), daemon=True)
        self._process.start()
        theirs.close()
        client.close()  # it is the worker's now


def _give(worker: _Worker, waiting: Iterator[Submission]) -> Iterator[tuple[str, NotMarked]]:
    """Gives the worker the next submission; those that can't be given are not marked."""
    for submission in waiting:
        given = guarded(submission.student, worker.give, submission)
        if not isinstance(given, NotMarked):
            return
        worker.student = None
        yield submission.student, given


def forking_or_spawning() -> ForkContext | SpawnContext:
    """How to start a process: as a copy of this one, which spares it its imports, where that would be whole."""
    return multiprocessing.get_context("fork") if may_fork() else multiprocessing.get_context("spawn")


def _work(connection: Connection, course: CourseNotebooks, zygote: Zygote) -> None:
    """What a worker does until the driver closes the connection or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's
    if sys.platform == "linux":
        kernel.die_with_parent()  # a forked worker holds the driver's ends of channels, and would not see them close
    while True:
        try:
            submission = connection.recv()
        except EOFError:
            return
        if not isinstance(submission, Submission):
            for each in itertools.chain(rehearse(course, submission), [None]):
                _send(connection, each)
            continue
        found: Examination | CannotStart
        try:
            found = examine(course, submission, zygote, zygote.limits)
        except CannotStart as error:
            found = error
        _send(connection, found)


def _send(connection: Connection, found: Any) -> None:
    try:
        connection.send(found)
    except OSError:
        raise SystemExit from None  # the driver is gone
