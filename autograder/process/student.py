"""A student's notebook in progress, seen from outside: a process that runs cells, within limits.

What takes too long is interrupted, as a notebook's kernel would be, and the process goes on. When it is lost it is made
anew, and the cells are run again but for the one that lost it.
"""

import itertools
import math
import select
import time
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from autograder.checks.losses import Interrupted, Lost
from autograder.kinds import LossKind
from autograder.process import wire
from autograder.process.limits import Limits
from autograder.process.outputs import Output, checked_outputs
from autograder.process.warm import Child, Zygote
from autograder.process.watch import exceeded, left_too_little, usage

LOOK_SECONDS = 0.05  # between two looks at what the process uses
# What is interrupted must end within so many seconds of computing, and so many times that by the clock.
INTERRUPT_SECONDS, INTERRUPT_WALL = 1.0, 10.0


@dataclass
class _Cell:
    source: str
    request: str = "cell"
    lost: bool = False


class StudentProcess:
    """The process of one notebook; at the time `until`, by the monotonic clock, all that it does is over.

    `answers` keeps what was answered since a cell ran last, by the question; `not_laid` are the files for which there
    was no place, those given first being laid first.
    """

    def __init__(
        self, zygote: Zygote, limits: Limits, files: Mapping[str, bytes] | None = None, until: float = math.inf
    ) -> None:
        self._zygote = zygote
        self._limits = limits
        self._files = dict(files or {})
        self.not_laid: tuple[str, ...] = ()
        self._until = until
        self._numbers = itertools.count()
        self._child: Child | None = None
        self._replayer: Child | None = None
        self._cells: list[_Cell] = []
        self.answers: dict[Hashable, Any] = {}
        self._losses: list[Lost] = []
        self._not_read: dict[str, Lost] = {}  # cells whose source alone lost the process, and why
        self._was_asked = False  # since the last cell
        self._expects_questions = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.leave()
        _end(self._child)
        _end(self._replayer)
        self._child = self._replayer = None
        self._zygote.forget_ahead()

    def leave(self) -> None:
        """Nothing more will be asked: the kernel takes the processes down while we do something else."""
        for child in (self._child, self._replayer):
            if child is not None:
                child.kill()

    @property
    def why_time_is_up(self) -> Lost | None:
        """Why nothing more is run or asked, once the time for the whole submission is over."""
        return Lost(LossKind.TOTAL, round(self._limits.total_seconds)) if time.monotonic() > self._until else None

    def reads(self, sources: Sequence[str], names: Collection[str]) -> set[str]:
        """Which of the names some cells read, by their sources.

        They are asked of together, and one by one when that loses the process: a cell that does so alone is lost when
        its turn comes.
        """
        self._was_asked = True
        self._ready()
        found = self._request("names_read", list(sources), sorted(names))
        if isinstance(found, Lost) and found in self._losses:
            self._losses.remove(found)
            if len(sources) > 1:
                return set().union(*(self.reads([each], names) for each in dict.fromkeys(sources)))
            self._not_read[sources[0]] = found
        return {name for name in found if type(name) is str and name in names} if type(found) is list else set()

    def run(self, source: str, is_test: bool = False) -> list[Output] | Lost:
        """What the cell shows; or why the process was lost in it. The text of a test is not kept for later cells."""
        if lost := self._not_read.get(source):
            self._losses.append(lost)
            return lost
        self.answers.clear()
        if self._child is not None and self._was_asked and left_too_little(self._child, self._limits):
            _end(self._child)  # an answer left it so, and this cell is not to pay for it
            self._child = None
        self._was_asked = False
        self._ready()
        cell = _Cell(source, "test" if is_test else "cell")
        self._cells.append(cell)
        return self._run(cell)

    def run_aside(self, sources: Sequence[str]) -> list[list[Output]] | Lost:
        """What cells show that are none of the notebook's: they are not run again in a process that is made anew."""
        self._ready()
        found = self._shown("aside", list(sources))
        if isinstance(found, Lost):
            return found
        given = found if type(found) is list else []
        shown = [outputs for each in given if (outputs := self._checked(each)) is not None]
        return shown if len(shown) == len(sources) else self._lost(Lost(LossKind.GARBLED))

    def take_losses(self) -> list[Lost]:
        """Why the process was lost, each time since this was asked last."""
        taken, self._losses = self._losses, []
        return taken

    @property
    def child(self) -> Child | None:
        """The process as it is now: what it numbered, another one has not."""
        return self._child

    def ask(self, what: str, *arguments: Any) -> Any:
        """The answer to a question, or to another request, that is not a cell; Lost where there is none."""
        self._was_asked = True
        self._ready()
        if not self._expects_questions and self._child is not None:
            self._expects_questions = True
            self._request(wire.QUESTIONS_TO_COME)
        return self._request(what, *arguments)

    def once(self, *request: Any) -> Any:
        """The answer to a request that has the same answer until the next cell."""
        if request not in self.answers:
            self.answers[request] = self.ask(*request)
        return self.answers[request]

    def distrust(self) -> Lost:
        """End a process that answers what was not asked."""
        return self._lost(Lost(LossKind.GARBLED))

    def ask_replayer(self, what: str, *arguments: Any) -> Any:
        """Asks a child in which nothing of the student's has run."""
        if self._replayer is None:
            self._replayer = self._zygote.fork()
            self._exchanged(self._replayer, wire.QUESTIONS_TO_COME)
        found = self._exchanged(self._replayer, what, *arguments)
        if isinstance(found, Lost):
            _end(self._replayer)
            self._replayer = None
        return found

    def expect_replayer(self) -> None:
        """The replayer is asked next, and gets ready meanwhile."""
        if self._replayer is None:
            self._zygote.fork_ahead()

    def _ready(self) -> None:
        """A process in which every cell has run that did not lose it."""
        while self._child is None and not self.why_time_is_up:
            self._child, self._expects_questions = self._zygote.fork(), False
            found = self._request("files", self._files)
            if type(found) is not list:
                if not self._files:
                    return  # what is lost before any cell has run would be lost each time
                found, self._files = list(self._files), {}
            self.not_laid = self.not_laid or tuple(found)
            for cell in self._cells:
                if not cell.lost and self._child is not None:
                    self._run(cell)

    def _run(self, cell: _Cell) -> list[Output] | Lost:
        found = self._shown(cell.request, cell.source)
        outputs = None if isinstance(found, Lost) else self._checked(found)
        cell.lost = outputs is None
        if outputs is not None:
            return outputs
        return found if isinstance(found, Lost) else self._lost(Lost(LossKind.GARBLED))

    def _shown(self, request: str, source: str | list[str]) -> Any:
        """What the process says that it has shown; Lost, too, where that left it too little to go on with."""
        found = self._request(request, source)
        if self._child is not None and (passed := left_too_little(self._child, self._limits)):
            return self._lost(Lost(*passed))
        return found

    def _checked(self, given: Any) -> list[Output] | None:
        return checked_outputs(given, 2 * self._limits.output_bytes)

    def _request(self, what: str, *arguments: Any) -> Any:
        """The answer of the process; Lost when it does not live, or does not keep to its limits, until it answers."""
        why = self.why_time_is_up
        if self._child is None:
            return why or Lost(LossKind.ENDED)
        answer = why or self._exchanged(self._child, what, *arguments)
        if isinstance(answer, Interrupted):
            self._losses.append(answer)
            return answer
        return self._lost(answer) if isinstance(answer, Lost) else answer

    def _lost(self, lost: Lost) -> Lost:
        _end(self._child)
        self._child = None
        for request in [each for each in self.answers if isinstance(each, tuple) and each[0] == "look_up"]:
            del self.answers[request]  # the numbers of its objects went with it
        self._losses.append(lost)
        return lost

    def _exchanged(self, child: Child, what: str, *arguments: Any) -> Any:
        """What a child answers to a request; Lost where it is no answer to it."""
        number = next(self._numbers)
        try:
            message = wire.packed((number, what, *arguments))
            answer = _exchange(child, message, self._limits, lambda: self.why_time_is_up)
        except wire.Garbled:
            return Lost(LossKind.GARBLED)
        if type(answer) is tuple and len(answer) == 2 and answer[0] == number:
            return answer[1]
        return answer if isinstance(answer, Lost) else Lost(LossKind.GARBLED)


def _end(child: Child | None) -> None:
    """Ends a child, if there is one."""
    if child is not None:
        child.end()


def _exchange(child: Child, message: bytes, limits: Limits, time_is_up: Callable[[], Lost | None]) -> Any:
    """Send a message and receive one, with an eye on what the process uses meanwhile."""
    looks = _looks(child, limits, time_is_up)
    unsent, received = memoryview(message), bytearray()
    too_long: Lost | None = None
    while unsent or wire.missing_bytes(received, limits.message_bytes):
        waiting = select.select([] if unsent else [child.channel], [child.channel] if unsent else [], [], LOOK_SECONDS)
        try:
            if unsent and waiting[1]:
                unsent = unsent[child.channel.send(unsent[: 2**16]) :]
            elif not unsent and waiting[0]:
                part = child.channel.recv(2**20)
                if not part:
                    return Lost(LossKind.ENDED)
                received += part
        except OSError:
            return Lost(LossKind.ENDED)
        if lost := next(looks):
            if too_long or unsent or lost.cause not in (LossKind.CPU, LossKind.WALL):
                return too_long or lost
            child.interrupt()
            too_long = lost
            bounds = replace(limits, cpu_seconds=INTERRUPT_SECONDS, wall_seconds_per_cpu_second=INTERRUPT_WALL)
            looks = _looks(child, bounds, time_is_up)
    if too_long:
        return Interrupted(too_long.cause, too_long.limit)
    return wire.unpacked(received, limits.text_bytes)


def _looks(child: Child, limits: Limits, time_is_up: Callable[[], Lost | None]) -> Iterator[Lost | None]:
    """At each call, the limit that the process has passed, if any; it is looked at every LOOK_SECONDS at the most."""
    started = looked = time.monotonic()
    before = None
    while True:
        now = time.monotonic()
        if now - looked >= LOOK_SECONDS:
            looked, used = now, usage(child, limits)
            before = before or used
            passed = exceeded(before, used, now - started, limits)
            yield Lost(*passed) if passed else time_is_up()
        else:
            yield None
