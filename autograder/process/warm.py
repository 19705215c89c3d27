"""Our end of the warm process: starts it, has it fork, and ends what it forked."""

import contextlib
import dataclasses
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Literal, Self

import psutil

from autograder.process.limits import MEGABYTE, Limits
from autograder.process.sandbox import environment, sandboxed

Mode = Literal["sandbox", "fork", "cold"]
START_SECONDS = 120.0
GONE_SECONDS = 10.0
WITHOUT_A_WORD = "it ended without a word"
READY = b"ready"  # what it says when it is warm
FORKED = b"forked"
FORK, CLIENT = b"f", b"c"  # requests; each brings a socket: for a new child to serve, or to take requests from, too


class CannotStart(Exception):
    """A student's process can't be started as asked; the text is what the machine said."""


@dataclasses.dataclass(frozen=True)
class Child:
    """A student's process: our end of the channel to it, and its number.

    `handle` is a descriptor that means this process even when its number has gone to another. `is_first` says that it
    is the first process of a namespace: all that it started dies with it.
    """

    channel: socket.socket
    process: int
    handle: int | None = None
    is_first: bool = False
    started: subprocess.Popen[bytes] | None = None  # where it was not forked, and is ours to wait for

    def interrupt(self) -> None:
        """Stop what it runs, as Ctrl-C would, but not the process."""
        with contextlib.suppress(ProcessLookupError):
            if self.handle is not None:
                signal.pidfd_send_signal(self.handle, signal.SIGINT)
            elif self.started is not None:
                self.started.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """Begin its end, where that takes all it started with it; `end` waits for it."""
        if self.handle is not None and self.is_first:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def end(self) -> None:
        """Kill it with all that it started; without a sandbox, a process that has left the family is missed."""
        self.channel.close()
        family = [] if self.is_first else _family(self.process)
        if self.handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            select.select([self.handle], [], [], GONE_SECONDS)
            os.close(self.handle)
        for each in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        if self.started is not None:
            self.started.wait()
        psutil.wait_procs(family, timeout=GONE_SECONDS)


@dataclasses.dataclass
class _Started:
    """Our end of the channel to a warm process, what it writes, and the process itself where we may end it."""

    process: subprocess.Popen[bytes] | None
    control: socket.socket
    said: IO[bytes]
    is_ready: bool = False

    def last_words(self) -> str:
        self.said.seek(0)
        lines = self.said.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else WITHOUT_A_WORD

    def leave(self) -> None:
        self.control.close()
        self.said.close()


class Zygote:
    """A warm process that forks a child for each notebook; started again when it is lost.

    `mode` is "sandbox", "fork" for a warm process without a sandbox, or "cold" for a new process each time where
    forking is not safe. `modules` are imported there once, for all children. A pickled copy starts its own.
    """

    def __init__(self, limits: Limits, mode: Mode = "sandbox", modules: Sequence[str] = ()) -> None:
        self.limits = limits
        self._mode = mode
        self._modules = tuple(modules)
        self._started: _Started | None = None
        self._ahead: socket.socket | None = None  # our end of the channel to the child that was asked for ahead

    def __reduce__(self) -> tuple[type["Zygote"], tuple[Limits, Mode, tuple[str, ...]]]:
        return Zygote, (self.limits, self._mode, self._modules)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def begin(self) -> None:
        """Let it start while we do something else; CannotStart where there is nothing to start it with."""
        if self._started is None:
            self._started = self._spawned()

    def start(self) -> None:
        """Start it now, if it does not run; CannotStart with the reason where that fails."""
        self._ready()

    def client(self) -> "Zygote":
        """One for a forked copy of this process to use: it forks from the same warm process, while that lives."""
        other = Zygote(self.limits, self._mode, self._modules)
        if self._started is None or self._mode == "cold":
            return other
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._started.control, [CLIENT], [theirs.fileno()])
        except OSError:  # it is lost
            ours.close()
            return other
        other._started = _Started(None, ours, os.fdopen(os.dup(self._started.said.fileno()), "rb"))
        return other

    def fork(self) -> Child:
        """A new child with nothing run in it; CannotStart with the reason where there can be none."""
        try:
            return self._fork(self._ready())
        except OSError:  # it is lost
            self.close()
        warm = self._ready()
        try:
            return self._fork(warm)
        except OSError as error:
            raise CannotStart(str(error)) from error

    def fork_ahead(self) -> None:
        """Have the child that is asked for next get ready while we do something else."""
        if self._ahead is None and self._mode != "cold" and self._started is not None:
            with contextlib.suppress(OSError):  # it is lost, and who forks next learns of it
                self._ahead = _asked(self._started)

    def forget_ahead(self) -> None:
        """End what was forked ahead and is not needed."""
        if self._ahead is not None and self._started is not None:
            with contextlib.suppress(OSError):  # it is lost, and who forks next learns of it
                self._fork(self._started).end()

    def close(self) -> None:
        """End it with all that it forked; of a client, what was forked through it."""
        if self._started is None:
            return
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
        self._started.leave()
        if self._started.process is not None:
            for each in _family(self._started.process.pid):  # bubblewrap's own child outlives it in its first moments
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
            self._started.process.wait()
        self._started = None

    def _fork(self, warm: _Started) -> Child:
        """A child that is ready; OSError, with what it said, where it does not get so far."""
        ours, self._ahead = self._ahead or _asked(warm), None
        try:
            if self._mode == "cold" and warm.process is not None:  # which no client shares
                warm.leave()
                self._started = None  # this one is the child now
                child = Child(ours, warm.process.pid, started=warm.process)
            else:
                _answer, handles, _, _ = socket.recv_fds(warm.control, 16, 1)
                if not handles:
                    raise OSError(warm.last_words())
                child = Child(ours, _number(handles[0]), handles[0], is_first=self._mode == "sandbox")
        except OSError:
            ours.close()
            raise
        _await_child(child)
        return child

    def _spawned(self) -> _Started:
        ours, theirs = socket.socketpair()
        settings = json.dumps(dataclasses.asdict(self.limits))
        command = [sys.executable, "-m", "autograder.process", str(theirs.fileno()), settings, self._mode]
        command += self._modules
        said = tempfile.TemporaryFile()
        try:
            with theirs:
                process = subprocess.Popen(
                    sandboxed(command, self.limits.scratch_mb * MEGABYTE) if self._mode == "sandbox" else command,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env=environment() if self._mode == "sandbox" else {**os.environ, **environment()},
                )
        except OSError as error:
            ours.close()
            said.close()
            raise CannotStart(str(error)) from error
        return _Started(process, ours, said)

    def _ready(self) -> _Started:
        """The one that runs, ready; CannotStart with the reason where there can be none."""
        self._started = warm = self._started or self._spawned()
        if warm.is_ready:
            return warm
        warm.control.settimeout(START_SECONDS)
        try:
            warm.is_ready = warm.control.recv(len(READY)) == READY
        except OSError:
            warm.is_ready = False
        if warm.is_ready:
            warm.control.settimeout(None)
            return warm
        words = warm.last_words()
        self.close()
        if warm.process is None:  # a client of one that was lost before it answered
            return self._ready()
        raise CannotStart(words)


def _asked(warm: _Started) -> socket.socket:
    """Our end of the channel to a child that the warm process is asked for; OSError where that is lost."""
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            socket.send_fds(warm.control, [FORK], [theirs.fileno()])
    except OSError:
        ours.close()
        raise
    return ours


def _await_child(child: Child) -> None:
    child.channel.settimeout(START_SECONDS)
    try:
        said = child.channel.recv(1000)
        if said != READY:
            raise OSError(said.decode(errors="replace") or WITHOUT_A_WORD)
    except OSError:
        child.end()
        raise
    child.channel.settimeout(None)


def _number(handle: int) -> int:
    """The process that a pidfd names, by its number in our namespace; OSError where it has ended."""
    found = re.search(r"^Pid:\s*(\d+)", Path(f"/proc/self/fdinfo/{handle}").read_text(), re.MULTILINE)
    if found is None:
        raise OSError(WITHOUT_A_WORD)
    return int(found[1])


def _family(process: int) -> list[psutil.Process]:
    """The process and all that it started; none when it is gone."""
    try:
        root = psutil.Process(process)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
