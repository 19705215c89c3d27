"""The student's side: runs cells and answers what it is asked, one message at a time, until the channel closes."""

import contextlib
import ctypes
import faulthandler
import functools
import gc
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.cells.names import names_read
from autograder.checks.raised import Raised
from autograder.process import wire
from autograder.process.shell import Shell

if TYPE_CHECKING:
    from autograder.process.questions import Questions

CHANNEL = 3  # the first descriptor after the standard ones


def serve(channel: socket.socket, shell: Shell) -> None:
    """Answer each request `(number, what, *arguments)` with `(number, answer)`."""
    notebook = _Notebook(shell)
    while True:
        try:
            number, what, *arguments = wire.receive(channel)
        except EOFError:
            return
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            answer = notebook.answer(what, arguments)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        except KeyboardInterrupt:  # it came as the answer was there already
            answer = Raised("KeyboardInterrupt", "")
        try:
            message = wire.packed((number, answer))
        except TypeError as error:
            message = wire.packed((number, Raised("TypeError", str(error))))
        channel.sendall(message)


class _Notebook:
    """The cells run so far, and what tests have asked for."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._requests: dict[str, Callable[..., Any]] = {
            "files": _write_files,
            "cell": functools.partial(self._run, shell.run),
            "test": functools.partial(self._run, shell.run_test),
            "aside": functools.partial(self._run, shell.run_aside),
            "names_read": names_read,
            wire.QUESTIONS_TO_COME: self._get_ready_for_questions,
        }
        self._questions: Questions | None = None

    def answer(self, what: str, arguments: list[Any]) -> Any:
        try:
            if what in self._requests:
                return self._requests[what](*arguments)
            assert self._questions is not None, "nobody said that there would be questions"
            return self._questions.answer(what, arguments)
        except BaseException as error:  # whatever a student's code raises, the process lives to answer the next
            return Raised.by(error)
        finally:
            with contextlib.suppress(Exception):  # what it calls may be patched, or an alarm goes off in it
                _disarm()

    def _get_ready_for_questions(self) -> None:
        from autograder.process.questions import Questions  # PyTorch, which few courses need

        self._questions = Questions(self._shell.namespace)

    def _run(self, run: Callable[[Any], list[Any]], sources: str | list[str]) -> list[Any]:
        shown = run(sources)
        with contextlib.suppress(Exception):  # what it calls may be patched; what was shown counts all the same
            _give_back_memory()
        return shown


def _disarm() -> None:
    """Stop all timers: one that goes off later would stop another cell than the one that set it."""
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)
    faulthandler.cancel_dump_traceback_later()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()


def _give_back_memory() -> None:
    """Return free memory to the system where it may be much: from outside it looks like memory in use."""
    bound, _hard = resource.getrlimit(resource.RLIMIT_DATA)
    if sys.platform == "linux" and bound != resource.RLIM_INFINITY:
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
        if resident > bound // 2:
            gc.collect()
            ctypes.CDLL(None).malloc_trim(0)


def _write_files(files: dict[str, bytes]) -> list[str]:
    """Lay the files of the submission where its cells look for them; those for which there is no place, by name."""
    without_place = []
    for name, content in files.items():
        path = Path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (OSError, ValueError):  # ValueError: of a name that no file can have
            without_place.append(name)
            with contextlib.suppress(OSError, ValueError):
                path.unlink(missing_ok=True)  # half a file would be read as a whole one
    return without_place


def keep_only(channel: int) -> int:
    """The channel's descriptor, the same in every child, once all others are closed and the standard ones lead nowhere.

    What it was in the warm process tells of the other children there are.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.dup2(channel, CHANNEL)
    os.set_inheritable(CHANNEL, False)
    os.closerange(CHANNEL + 1, os.sysconf("SC_OPEN_MAX"))
    return CHANNEL
