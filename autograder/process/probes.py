"""Tries what the sandbox promises, one layer after another, by doing what a student's cell could do."""

import contextlib
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.checks.losses import Lost
from autograder.kinds import LossKind
from autograder.later import missing_of_extra
from autograder.process.limits import Limits
from autograder.process.outputs import Output
from autograder.process.student import StudentProcess
from autograder.process.warm import Zygote

SMALL = Limits(cpu_seconds=2.0, memory_mb=1024, processes=16, scratch_mb=16)
REFUSED = "refused"  # what a cell prints that could not do what it tried
WHOLE = """
import multiprocessing, tempfile
with multiprocessing.get_context("fork").Pool(2) as pool:
    parts = pool.map(len, ["part"] * 4)
tempfile.TemporaryFile().write(b"kept")
import sqlite3
print(len(parts), "parts")
"""
WITH_TORCH = """
import matplotlib.pyplot as plt, torch
from torch.utils.data import DataLoader, TensorDataset
batches = list(DataLoader(TensorDataset(torch.arange(8.0)), batch_size=2, num_workers=2))
plt.plot([0, 1])
plt.show()
print(len(batches), "batches")
"""
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
"""


@dataclass(frozen=True)
class Layer:
    """What the sandbox promises, whether it held when it was tried, and what was seen."""

    name: str
    holds: bool
    seen: str


def try_layers() -> Iterator[Layer]:
    """Each layer of the sandbox, tried; CannotStart where there is none."""
    with Zygote(SMALL) as zygote, _secret() as path, _listening() as port:
        zygote.start()
        cells = {
            "files": _attempt(f"open({str(path)!r}).read()"),
            "network": _attempt(f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=1)"),
            "system_calls": _attempt("import ctypes; assert ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0"),
            "namespaces": _attempt("import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0"),
            "scratch": _attempt("open('large', 'wb').write(bytes(32 * 2**20))"),
            "memory": _attempt("bytearray(2**31)"),
        }
        for name, cell in cells.items():
            with StudentProcess(zygote, SMALL) as student:
                yield _layer(name, student.run(cell))
        yield _no_process_left(zygote)
        with StudentProcess(zygote, SMALL) as student:
            shown = student.run("while True: pass")
            yield Layer("time", isinstance(shown, Lost) and shown.cause is LossKind.CPU, str(shown))
    roomy = Limits()
    with Zygote(roomy) as zygote, StudentProcess(zygote, roomy) as student:
        seen = str(student.run(WHOLE))
        yield Layer("whole", "4 parts" in seen, seen)
        if missing_of_extra() is None:
            seen = str(student.run(WITH_TORCH))
            yield Layer("torch", "4 batches" in seen and "image/png" in seen, seen)


def _attempt(code: str) -> str:
    return f"try:\n    {code}\nexcept BaseException as error:\n    print({REFUSED!r}, error)"


def _layer(name: str, shown: list[Output] | Lost) -> Layer:
    holds = isinstance(shown, Lost) or any(REFUSED in output.get("text", "") for output in shown)
    return Layer(name, holds, str(shown))


def _no_process_left(zygote: Zygote) -> Layer:
    """Whether a process that hides from its parents ends with the notebook."""
    before = _running()
    with StudentProcess(zygote, SMALL) as student:
        student.run(DAEMON)
    left = _running() - before
    return Layer("processes", not left, f"left behind: {sorted(left)}" if left else "")


def _running() -> set[int]:
    """Every process that this one has started, directly or not."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


@contextlib.contextmanager
def _secret() -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(prefix="secret-", dir=Path.home()) as file:
        yield Path(file.name)


@contextlib.contextmanager
def _listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
