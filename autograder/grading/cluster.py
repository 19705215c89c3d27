"""Workers on other machines, by dask.distributed: each holds a warm process and marks one submission at a time.

Dask carries submissions and results, and gives to another worker what a lost one had. Ours is who may take part: a
worker that is of the same version, has a sandbox and can run the course's cells takes a resource that each submission
asks for, so that none reaches any other.
"""

import asyncio
import contextlib
import faulthandler
import gc
import hashlib
import itertools
import logging
import queue
import re
import signal
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import dask.config
from distributed import CancelledError, Client, Future, LocalCluster, Worker, WorkerPlugin, get_worker
from distributed.utils import sync

from autograder.digests import DISTRIBUTION
from autograder.faults import CourseFault
from autograder.grading.fingerprint import Parts, changed_parts, grader_parts
from autograder.grading.guard import guarded
from autograder.grading.marked import CourseNotebooks, Submission
from autograder.grading.rehearsal import Names, rehearse
from autograder.grading.results import Machines, NotMarked
from autograder.grading.workers import MORE_SECONDS, Examined, Workers, examine
from autograder.kinds import FaultKind
from autograder.process.warm import CannotStart, Zygote

LOCAL = re.compile(r"local:([1-9]\d*)")  # so many workers on this machine, for as long as the run lasts
AHEAD = 2  # submissions a worker has: the one that it marks, and the next
NONE = "–"
ALL_WORKERS = "all"  # dask's topic of workers that come and go
MOST_BYTES = "1GiB"  # in a task, before dask warns of it: submissions are bounded when they are read
LOOK_SECONDS = 1.0  # how often we see whether the scheduler is still there, while there is no other news
GOODBYE_SECONDS = 10.0  # for the scheduler to take note that we leave


@dataclass
class WarmWorker(WorkerPlugin):
    """What a worker holds, the course and a warm process, and its word on whether it takes part in the run `sign`.

    One that the driver has `started` ends with it. `grader` is what the driver would mark with.
    """

    name: str
    sign: str
    course: CourseNotebooks
    answers: Mapping[str, Names]
    zygote: Zygote
    started: bool
    grader: Parts = field(default_factory=grader_parts)

    async def setup(self, worker: Worker) -> None:
        self._worker = worker
        if self.started:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's
        refusal = worker.executor.submit(self._refusal)
        await self._tell(await asyncio.wrap_future(refusal))

    def teardown(self, worker: Worker) -> None:
        worker.executor.submit(self.zygote.close)  # by the thread that marks, after what it is at

    def mark(self, submission: Submission) -> Examined | NotMarked:
        """CannotStart where there is no sandbox any more; the worker is out of the run then."""
        limits = self.zygote.limits
        # A submission that does not end, by a fault of ours, ends the process; dask gives it to another.
        faulthandler.dump_traceback_later(limits.total_seconds + MORE_SECONDS, exit=True)
        try:
            return examine(self.course, submission, self.zygote, limits)
        except CannotStart as error:
            sync(self._worker.loop, self._tell, CourseFault(FaultKind.CANNOT_START, error=str(error)))
            raise
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _refusal(self) -> CourseFault | None:
        """Why this worker does not take part, if so."""
        if (threads := self._worker.state.nthreads) != 1:
            return CourseFault(FaultKind.SEVERAL_THREADS, threads=str(threads))
        if differs := changed_parts(self.grader, grader_parts()):
            names = ", ".join(cause.what or DISTRIBUTION for cause in differs)
            return CourseFault(FaultKind.OTHER_VERSION, differs=names)
        try:
            self.zygote.begin()
            for cell in rehearse(self.course, self.answers):
                if cell.error is not None:
                    return CourseFault(
                        FaultKind.CELL_ON_WORKER, cell=cell.cell, notebook=f"{cell.notebook}.ipynb", error=cell.error
                    )
            self.zygote.fork().end()
        except CannotStart as error:
            return CourseFault(FaultKind.CANNOT_START, error=str(error))
        except Exception as error:  # whatever it is, it must be told: the driver waits for an answer
            return CourseFault(FaultKind.ENGINE, error=f"{type(error).__name__}: {error}")
        return None

    async def _tell(self, refusal: CourseFault | None) -> None:
        await self._worker.set_resources(**{self.sign: 0 if refusal else 1})
        fault, details = (str(refusal.fault), refusal.details) if refusal else (None, {})
        said = {"worker": self._worker.address, "machine": socket.gethostname(), "fault": fault, "details": details}
        self._worker.log_event(self.sign, said)


def marked_by_worker(plugin: str, submission: Submission) -> Examined | NotMarked:
    """What runs on a worker."""
    held = get_worker().plugins[plugin]
    assert isinstance(held, WarmWorker)
    return held.mark(submission)


@dataclass(frozen=True)
class _Came:
    """A worker that is new in the cluster."""

    worker: str


@dataclass(frozen=True)
class _Said:
    """What a worker says of itself: why it does not take part, or None where it does."""

    worker: str
    machine: str
    refusal: CourseFault | None


@dataclass(frozen=True)
class _Gone:
    """A worker that is no longer in the cluster."""

    worker: str


@dataclass(frozen=True)
class _Ended:
    """A task, and what it gave or raised."""

    student: str
    task: Future[Examined | NotMarked]
    found: Examined | NotMarked | Exception


@dataclass
class _Given:
    """A submission that is under way, and the task that it is now."""

    submission: Submission
    task: Future[Examined | NotMarked]


_News = _Came | _Said | _Gone | _Ended | CourseFault


class Cluster:
    """The workers of a cluster, in the place of those of this machine; `gradebook` is where the marks will be."""

    def __init__(self, course: CourseNotebooks, zygote: Zygote, machines: Machines, gradebook: str) -> None:
        self._course, self._zygote, self._machines = course, zygote, machines
        # One driver at a time writes into a gradebook: what one that was killed has left on a worker is replaced.
        whose = hashlib.sha256(f"{socket.gethostname()} {gradebook}".encode()).hexdigest()
        self._plugin = f"{DISTRIBUTION}-{whose[:16]}"
        self._sign = f"{DISTRIBUTION}-{uuid4().hex}"  # what a worker that takes part in this run has
        self._news: queue.SimpleQueue[_News] = queue.SimpleQueue()
        self._silent: set[str] = set()  # the workers that have not said yet whether they take part
        # A worker ends by itself where a submission does not, and dask gives up one that is silent: who says nothing
        # for longer has been lost in a way that neither saw.
        self._most_silence = zygote.limits.total_seconds + 2 * MORE_SECONDS
        with ExitStack() as opened:
            self._here = opened.enter_context(contextlib.closing(Workers(course, zygote, 1)))  # forked before threads
            self._client = opened.enter_context(_connected(machines.address))
            assert self._client.loop is not None
            self._loop = self._client.loop
            self._opened = opened.pop_all()

    def rehearse(self, answers: Mapping[str, Names]) -> None:
        """First here, where a cell can end a process that is nobody else's; then on each worker."""
        self._here.rehearse(answers)
        self._here.close()
        self._client.subscribe_topic(self._sign, self._hear)
        self._client.subscribe_topic(ALL_WORKERS, self._hear_of)
        started = LOCAL.fullmatch(self._machines.address) is not None
        plugin = WarmWorker(self._plugin, self._sign, self._course, answers, self._zygote, started)
        try:
            self._silent |= set(self._client.scheduler_info(n_workers=-1)["workers"])
        except OSError as error:
            raise self._lost() from error
        self._opened.callback(self._withdraw)
        self._loop.add_callback(self._introduce, plugin)

    def examine(self, submissions: Iterable[Submission]) -> Iterator[tuple[str, Examined | NotMarked]]:
        """Each student with the result, as soon as it is there; CourseFault where nobody takes part, or all is lost.

        Where no worker takes part for longer than the machines are waited for, the rest is not marked.
        """
        waiting = iter(submissions)
        upcoming = next(waiting, None)
        given: dict[str, _Given] = {}
        while upcoming is not None or given:
            self._note_whether_alone()
            while upcoming is not None and len(given) < AHEAD * len(self._machines.marking):
                given[upcoming.student] = _Given(upcoming, self._task(upcoming))
                upcoming = next(waiting, None)
            match news := self._next_news():
                case None:
                    rest = itertools.chain((each.submission for each in given.values()), [upcoming], waiting)
                    yield from ((each.student, self._given_up(each)) for each in rest if each is not None)
                    return
                case _Ended(student, task, found):
                    if student in given and given[student].task is task:  # or it has been given anew
                        del given[student]
                        yield student, guarded(student, self._value, found)
                case _Came():
                    self._silent.add(news.worker)
                case _Gone():
                    self._note_gone(news)
                case _Said():
                    before = set(self._machines.marking)
                    self._note(news)
                    # Dask looks for a worker when a task or a worker is new, and when one is lost, but not when one
                    # has become able: what found none, or went to one that has given up, would wait for good.
                    if not before or before - self._machines.marking.keys():
                        for each in given.values():
                            each.task.cancel()
                            each.task = self._task(each.submission)

    def close(self) -> None:
        if not LOCAL.fullmatch(self._machines.address):  # those that we started ourselves were merely not needed
            for worker in self._silent:
                self._machines.refused[worker] = CourseFault(FaultKind.NOT_READY)
        self._opened.close()

    def _note(self, said: _Said) -> None:
        """Who takes part now; CourseFault where nobody does, nor may yet."""
        self._silent.discard(said.worker)
        if said.refusal is None:
            self._machines.refused.pop(said.worker, None)
            self._machines.marking[said.worker] = said.machine
        else:
            self._machines.marking.pop(said.worker, None)
            self._refused(said.worker, said.refusal)

    def _note_gone(self, gone: _Gone) -> None:
        if self._machines.marking.pop(gone.worker, None):
            self._machines.lost.append(gone.worker)
        elif gone.worker in self._silent:
            self._silent.remove(gone.worker)
            self._refused(gone.worker, CourseFault(FaultKind.NOT_READY))

    def _refused(self, worker: str, why: CourseFault) -> None:
        machines = self._machines
        machines.refused[worker] = why
        if not (machines.marking or machines.lost or self._silent):
            raise CourseFault(FaultKind.NO_WORKERS, address=machines.address)

    def _task(self, submission: Submission) -> Future[Examined | NotMarked]:
        try:
            task = self._client.submit(
                marked_by_worker, self._plugin, submission, pure=False, resources={self._sign: 1}
            )
        except Exception:  # dask's own kind of it: it may see the end of the connection at any time
            if self._client.status == "running":
                raise
            raise self._lost() from None
        self._loop.add_callback(self._follow, submission.student, task)
        return task

    def _value(self, found: Examined | NotMarked | Exception) -> Examined | NotMarked:
        if isinstance(found, CancelledError):
            raise self._lost() from found
        if isinstance(found, Exception):
            raise found
        return found

    def _note_whether_alone(self) -> None:
        """Since when nobody takes part, if so; it is told once, when that begins."""
        machines = self._machines
        if machines.marking:
            machines.alone_since = None
        elif machines.alone_since is None:
            machines.alone_since = time.monotonic()
            machines.tell_alone()

    def _next_news(self) -> _Came | _Said | _Gone | _Ended | None:
        """None where there is none for as long as we wait; CourseFault where the scheduler is lost."""
        alone_since = self._machines.alone_since
        if alone_since is None:
            until = time.monotonic() + self._most_silence
        else:
            until = alone_since + self._machines.patience
        while True:
            left = until - time.monotonic()
            try:
                news = self._news.get(timeout=max(0.0, min(LOOK_SECONDS, left)))
            except queue.Empty:
                if self._client.status != "running":
                    raise self._lost() from None
                if left <= 0:
                    return None
            else:
                if isinstance(news, CourseFault):
                    raise news
                return news

    def _given_up(self, submission: Submission) -> NotMarked:
        waited = self._most_silence if self._machines.alone_since is None else self._machines.patience
        details = {"address": self._machines.address, "seconds": f"{waited:g}"}
        return NotMarked(submission.student, FaultKind.NO_WORKER_LEFT, details)

    def _lost(self) -> CourseFault:
        return CourseFault(FaultKind.NO_CLUSTER, address=self._machines.address, error="the connection was lost")

    async def _introduce(self, plugin: WarmWorker) -> None:
        """Say who we are to each worker that could hear us; each speaks for itself, and who can't is told so."""
        with contextlib.suppress(Exception):  # where that is the scheduler, its loss is seen
            await self._ask_versions()
            await self._client.register_plugin(plugin, name=self._plugin)

    async def _ask_versions(self) -> None:
        """Refuse a worker that could not even hear us, and the scheduler."""
        client: Any = self._client  # what it gives is to be awaited, as it is asked from its own loop
        found = await client.get_versions(packages=[DISTRIBUTION])
        here, scheduler = (found[where]["packages"][DISTRIBUTION] for where in ("client", "scheduler"))
        if scheduler != here:
            error = f"{DISTRIBUTION} {here} → {scheduler or NONE} (scheduler)"
            self._news.put(CourseFault(FaultKind.NO_CLUSTER, address=self._machines.address, error=error))
        for worker, its in found["workers"].items():
            if (there := its["packages"][DISTRIBUTION]) != here:
                fault = CourseFault(FaultKind.OTHER_VERSION, differs=f"{DISTRIBUTION} {here} → {there or NONE}")
                self._news.put(_Said(worker, "", fault))

    def _withdraw(self) -> None:
        if self._client.status != "running":  # nobody would hear
            return
        with contextlib.suppress(Exception):  # the scheduler may have been lost, and all of them with it
            for topic in (self._sign, ALL_WORKERS):
                self._client.unsubscribe_topic(topic)
            sync(self._loop, self._client.unregister_worker_plugin, self._plugin, callback_timeout=GOODBYE_SECONDS)

    async def _follow(self, student: str, task: Future[Examined | NotMarked]) -> None:
        found: Examined | NotMarked | Exception
        try:
            found = await task
        except Exception as error:
            found = error
        self._news.put(_Ended(student, task, found))

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        _time, said = event
        refusal = CourseFault(FaultKind(said["fault"]), **said["details"]) if said["fault"] else None
        self._news.put(_Said(said["worker"], said["machine"], refusal))

    def _hear_of(self, event: tuple[float, dict[str, Any]]) -> None:
        match event:
            case (_time, {"action": "add-worker", "worker": worker}):
                self._news.put(_Came(worker))
            case (_time, {"action": "remove-worker", "worker": worker}):
                self._news.put(_Gone(worker))


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A connection to the cluster, which is begun here where the address says so; CourseFault where there is none."""
    if address.startswith("local:") and not LOCAL.fullmatch(address):
        raise CourseFault(FaultKind.BAD_LOCAL, address=address)
    with ExitStack() as opened:
        opened.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": MOST_BYTES}))
        where: Any = address
        if local := LOCAL.fullmatch(address):
            where = opened.enter_context(
                LocalCluster(
                    n_workers=int(local[1]),
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",  # without one, dask takes port 8787 and warns where it is taken
                    silence_logs=logging.CRITICAL,  # what happens to workers is told by us
                )
            )
        try:
            client = opened.enter_context(Client(where, set_as_default=False))
        except (OSError, ValueError, TypeError) as error:
            refused = str(error)
        else:
            yield client
            return
    # What is left of the client, kept by its error and by itself, closes now; when Python ends it would wait in vain.
    gc.collect()
    raise CourseFault(FaultKind.NO_CLUSTER, address=address, error=refused)
