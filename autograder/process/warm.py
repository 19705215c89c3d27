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
from pathlib import Path
from typing import Literal, Self

import psutil

from autograder.process.limits import MEGABYTE, Limits
from autograder.process.sandbox import environment, sandboxed

Mode = Literal["sandbox", "fork", "cold"]
START_SECONDS = 120.0
GONE_SECONDS = 10.0


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
    started: subprocess.Popen | None = None  # where it was not forked, and is ours to wait for

    def end(self) -> None:
        """Kill it with all that it started; without a sandbox, what left its family in time is missed."""
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


class Zygote:
    """A warm process that forks a child for each notebook; started again when it is lost.

    `mode` is "sandbox", "fork" for a warm process without a sandbox, or "cold" for a new process each time where
    forking is not safe.
    """

    def __init__(self, limits: Limits, mode: Mode = "sandbox") -> None:
        self._limits = limits
        self._mode = mode
        self._started: tuple[subprocess.Popen, socket.socket] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def start(self) -> None:
        """Start it now, if it does not run; CannotStart with the reason where that fails."""
        if self._started is None or self._started[0].poll() is not None:
            self.close()
            self._started = self._start()

    def fork(self) -> Child:
        """A new child with nothing run in it."""
        self.start()
        try:
            return self._fork()
        except OSError:
            self.close()
            self.start()
            return self._fork()

    def close(self) -> None:
        if self._started is not None:
            process, control = self._started
            control.close()
            process.kill()
            process.wait()
            self._started = None

    def _fork(self) -> Child:
        process, control = self._started
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(control, [b"f"], [theirs.fileno()])
        if self._mode == "cold":
            self._started = None  # this one is the child now
            control.close()
            return Child(ours, process.pid, started=process)
        answer, handles, _, _ = socket.recv_fds(control, 16, 1)
        if not handles:
            ours.close()
            raise OSError(f"the warm process did not fork: {answer!r}")
        return Child(ours, _number(handles[0]), handles[0], is_first=self._mode == "sandbox")

    def _start(self) -> tuple[subprocess.Popen, socket.socket]:
        ours, theirs = socket.socketpair()
        settings = json.dumps(dataclasses.asdict(self._limits))
        command = [sys.executable, "-m", "autograder.process.zygote", str(theirs.fileno()), settings, self._mode]
        try:
            if self._mode == "sandbox":
                command = sandboxed(command, self._limits.scratch_mb * MEGABYTE)
            with theirs, tempfile.TemporaryFile() as said:
                process = subprocess.Popen(
                    command,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env=environment() if self._mode == "sandbox" else {**os.environ, **environment()},
                )
                theirs.close()
                _await_ready(process, ours, said)
        except OSError as error:
            ours.close()
            raise CannotStart(str(error)) from error
        return process, ours


def _await_ready(process: subprocess.Popen, control: socket.socket, said) -> None:
    control.settimeout(START_SECONDS)
    try:
        ready = control.recv(len(b"ready"))
    except TimeoutError:
        ready = b""
    control.settimeout(None)
    if ready != b"ready":
        control.close()
        process.kill()
        process.wait()
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
        raise CannotStart(lines[-1] if lines else f"it ended with status {process.returncode}")


def _number(handle: int) -> int:
    """The process that a pidfd names, by its number in our namespace."""
    return int(re.search(r"^Pid:\s*(\d+)", Path(f"/proc/self/fdinfo/{handle}").read_text(), re.MULTILINE)[1])


def _family(process: int) -> list[psutil.Process]:
    """The process and all that it started; none when it is gone."""
    try:
        root = psutil.Process(process)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
