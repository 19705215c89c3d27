"""Workers on other machines, by dask.distributed: each holds a warm process and marks one submission at a time.

Dask carries submissions and results, and gives to another worker what a lost one had. Ours is who may take part: a
worker that is of the same version, has a sandbox and can run the course's cells takes a resource that each submission
asks for, so that none reaches any other.
"""

import contextlib
import hashlib
import itertools
import queue
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from distributed import CancelledError, Future
from distributed.utils import sync

from autograder.digests import DISTRIBUTION
from autograder.faults import CourseFault
from autograder.grading.connection import LOCAL, connected
from autograder.grading.guard import guarded
from autograder.grading.machines import Machines
from autograder.grading.marked import CourseNotebooks, Submission
from autograder.grading.on_worker import WarmWorker, marked_by_worker
from autograder.grading.rehearsal import Names
from autograder.grading.results import NotMarked
from autograder.grading.workers import MORE_SECONDS, Examination, Workers
from autograder.kinds import FaultKind
from autograder.process.warm import Zygote

AHEAD = 2  # submissions a worker has: the one that it marks, and the next
NONE = "–"
ALL_WORKERS = "all"  # dask's topic of workers that come and go
LOOK_SECONDS = 1.0  # how often we see whether the scheduler is still there, while there is no other news
GOODBYE_SECONDS = 10.0  # for the scheduler to take note that we leave


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
    task: Future[Examination]
    found: Examination | Exception


@dataclass
class _UnderWay:
    """A submission that is under way, and the task that it is now."""

    submission: Submission
    task: Future[Examination]


_News = _Came | _Said | _Gone | _Ended | CourseFault


class Cluster:
    """The workers of a cluster, in the place of those of this machine; `gradebook` is where the marks will be."""

    def __init__(self, course: CourseNotebooks, zygote: Zygote, machines: Machines, gradebook: str) -> None:
        self._course, self._zygote, self._machines = course, zygote, machines
        self._started = LOCAL.fullmatch(machines.address) is not None  # whether the workers are begun by us
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
            self._client = opened.enter_context(connected(machines.address))
            assert self._client.loop is not None
            self._loop = self._client.loop
            self._opened = opened.pop_all()

    def rehearse(self, answers: Mapping[str, Names]) -> None:
        """First here, where a cell can end a process that is nobody else's; then on each worker."""
        self._here.rehearse(answers)
        self._here.close()
        self._client.subscribe_topic(self._sign, self._hear)
        self._client.subscribe_topic(ALL_WORKERS, self._hear_of)
        plugin = WarmWorker(self._plugin, self._sign, self._course, answers, self._zygote, self._started)
        try:
            self._silent |= set(self._client.scheduler_info(n_workers=-1)["workers"])
        except OSError as error:
            raise self._lost() from error
        self._opened.callback(self._withdraw)
        self._loop.add_callback(self._introduce, plugin)

    def examine(self, submissions: Iterable[Submission]) -> Iterator[tuple[str, Examination]]:
        """Each student with the result, as soon as it is there; CourseFault where nobody takes part, or all is lost.

        Where no worker takes part for longer than the machines are waited for, the rest is not marked.
        """
        waiting = iter(submissions)
        upcoming = next(waiting, None)
        given: dict[str, _UnderWay] = {}
        while upcoming is not None or given:
            self._machines.note_alone()
            while upcoming is not None and len(given) < AHEAD * len(self._machines.marking):
                given[upcoming.student] = _UnderWay(upcoming, self._task(upcoming))
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
                    self._note_gone(news.worker)
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
        if not self._started:  # those that we started ourselves were merely not needed
            for worker in self._silent:
                self._machines.refuse(worker, CourseFault(FaultKind.NOT_READY))
        self._opened.close()

    def _note(self, said: _Said) -> None:
        """Who takes part now; CourseFault where nobody does, nor may yet."""
        self._silent.discard(said.worker)
        if said.refusal is None:
            self._machines.takes_part(said.worker, said.machine)
        else:
            self._refuse(said.worker, said.refusal)

    def _note_gone(self, worker: str) -> None:
        if not self._machines.gone(worker) and worker in self._silent:
            self._silent.remove(worker)
            self._refuse(worker, CourseFault(FaultKind.NOT_READY))

    def _refuse(self, worker: str, why: CourseFault) -> None:
        machines = self._machines
        machines.refuse(worker, why)
        if not (machines.marking or machines.lost or self._silent):
            raise CourseFault(FaultKind.NO_WORKERS, address=machines.address)

    def _task(self, submission: Submission) -> Future[Examination]:
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

    def _value(self, found: Examination | Exception) -> Examination:
        if isinstance(found, CancelledError):
            raise self._lost() from found
        if isinstance(found, Exception):
            raise found
        return found

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

    async def _follow(self, student: str, task: Future[Examination]) -> None:
        found: Examination | Exception
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
