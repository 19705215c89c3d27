"""The student's side: runs cells and answers questions, one message at a time, until the channel closes."""

import contextlib
import ctypes
import faulthandler
import functools
import gc
import importlib
import itertools
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.cells.names import names_read
from autograder.checks.entry import LONGEST_NAME, MOST_NAMES
from autograder.checks.handles import Found, Missing
from autograder.checks.lab import MODULE as LAB_RULES
from autograder.checks.messages import one_line
from autograder.checks.plain_data import Opaque, plain
from autograder.checks.subject import (
    LAB_QUESTION,
    QUESTIONS,
    Raised,
    answer_to,
    built,
    name_of,
    reproducible,
)
from autograder.process import wire
from autograder.process.reader import field, reading
from autograder.process.shell import Output, Shell


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
    """The cells run so far and the objects that tests have asked for, by number."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._objects: list[Any] = []
        self._requests: dict[str, Callable[..., Any]] = {
            "files": _write_files,
            "cell": functools.partial(self._run, shell.run),
            "test": functools.partial(self._run, shell.run_test),
            "aside": functools.partial(self._run, shell.run_aside),
            "names_read": names_read,
            "names": self._names,
            "look_up": self._look_up,
            "reading": reading,
            "field": field,
            "make": self._make,
            LAB_QUESTION: self._ask_for_rule,
        }

    def answer(self, what: str, arguments: list[Any]) -> Any:
        try:
            if what in self._requests:
                return self._requests[what](*arguments)
            number, *rest = arguments
            with reproducible():
                return QUESTIONS[what](self._objects[number], *rest)
        except BaseException as error:  # whatever a student's code raises, the process lives to answer the next
            return Raised(one_line(type(error).__name__), one_line(_text(error)))
        finally:
            with contextlib.suppress(Exception):  # what it calls may be patched, or an alarm goes off in it
                _disarm()

    def _run(self, run: Callable[[str], list[Output]], source: str) -> list[Output]:
        shown = run(source)
        with contextlib.suppress(Exception):
            _give_back_memory()
        return shown

    def _names(self) -> list[str]:
        """The newest names of the notebook, with which a misspelt one is compared."""
        names = [name for name in self._shell.namespace if isinstance(name, str) and len(name) <= LONGEST_NAME]
        return names[-MOST_NAMES:]

    def _look_up(self, name: str) -> Any:
        """A variable by value if it is plain data; or else a number by which to ask for it."""
        namespace = self._shell.namespace
        return self._found(namespace[name]) if name in namespace else Missing()

    def _make(self, number: int, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        with reproducible():
            return self._found(self._objects[number](*built(arguments), **options))

    def _ask_for_rule(self, number: int, rule: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """What a rule of the lab's own asks of an object, by the rules that the student's cells could import."""
        question = getattr(importlib.import_module(LAB_RULES), rule).question
        with reproducible():
            return answer_to(question, self._objects[number], arguments, options)

    def _found(self, value: Any) -> Any:
        with reproducible():
            seen = plain(value)
        if not isinstance(seen, Opaque):
            return seen
        number = next((number for number, known in enumerate(self._objects) if known is value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        return Found(number, one_line(name_of(value), LONGEST_NAME), one_line(type(value).__name__), callable(value))


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


def _write_files(files: dict[str, bytes]) -> None:
    """Lay the files of the submission where its cells look for them."""
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return ""


def close_all_but(kept: int) -> None:
    """Close every descriptor but the standard ones, which lead nowhere, and one more."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    for first, last in itertools.pairwise(sorted({2, kept, os.sysconf("SC_OPEN_MAX")})):
        os.closerange(first + 1, last)
