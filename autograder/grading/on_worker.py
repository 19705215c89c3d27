"""What runs on a worker of a cluster: it holds a warm process, says whether it takes part, and marks."""

import asyncio
import faulthandler
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

from distributed import Worker, WorkerPlugin, get_worker
from distributed.utils import sync

from autograder.digests import DISTRIBUTION
from autograder.faults import CourseFault
from autograder.grading.fingerprint import Parts, changed_parts, grader_parts
from autograder.grading.marked import CourseNotebooks, Submission
from autograder.grading.rehearsal import Names, rehearse
from autograder.grading.workers import MORE_SECONDS, Examination, examine
from autograder.kinds import FaultKind
from autograder.process.warm import CannotStart, Zygote


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

    def mark(self, submission: Submission) -> Examination:
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


def marked_by_worker(plugin: str, submission: Submission) -> Examination:
    """What runs on a worker."""
    held = get_worker().plugins[plugin]
    assert isinstance(held, WarmWorker)
    return held.mark(submission)
