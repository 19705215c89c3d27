"""What a process and all that it started use, seen from outside."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.kinds import LossKind
from autograder.process.limits import MEGABYTE, Limits

PROC = Path("/proc")
HEAP_KB = 200 * 1024  # that are reserved and not in use are nothing to look into


@dataclass(frozen=True)
class Usage:
    cpu_seconds: float
    memory_mb: float
    processes: int


def usage(process: int) -> Usage:
    """Of the process and its descendants; zeros when it is gone."""
    try:
        family = [root := psutil.Process(process), *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return Usage(0.0, 0.0, 0)
    return Usage(sum(map(_cpu_seconds, family)), sum(map(_memory, family)) / MEGABYTE, len(family))


def exceeded(before: Usage, now: Usage, wall_seconds: float, limits: Limits) -> tuple[LossKind, int] | None:
    """The limit that was passed and what it is, if any; `before` is the usage when the cell or question began."""
    if now.processes > limits.processes:
        return LossKind.PROCESSES, limits.processes
    if now.memory_mb > limits.memory_mb:
        return LossKind.MEMORY, limits.memory_mb
    if now.cpu_seconds - before.cpu_seconds > limits.cpu_seconds:
        return LossKind.CPU, round(limits.cpu_seconds)
    if wall_seconds > limits.wall_seconds:
        return LossKind.WALL, round(limits.wall_seconds)
    return None


def left_too_little(process: int, limits: Limits) -> tuple[LossKind, int] | None:
    """The limit of which a cell that has ended left less than its share to those after it, and that share, if any.

    A quarter: of 4 GB and 64 threads the labs' cells and checks need a third of a gigabyte and a handful of threads,
    and what a student may keep (a data set as floats, the workers of a loader) is well within the other three.
    """
    family = list(_family(process))
    threads, memory_mb = limits.processes // 4, limits.memory_mb // 4
    if sum(_status(each)["Threads"] for each in family) > limits.processes - threads:
        return LossKind.LEFT_RUNNING, threads
    kept = _kept_mb(process)
    if len(family) > 1:
        kept = max(kept, usage(process).memory_mb)
    return (LossKind.MEMORY_KEPT, memory_mb) if kept > limits.memory_mb - memory_mb else None


def _family(process: int) -> Iterator[int]:
    """A process and its descendants, as Linux lists them; nothing elsewhere, where `usage` alone has an eye on them.

    It is asked after every cell: psutil would look through all processes of the machine.
    """
    try:
        threads = os.listdir(PROC / str(process) / "task")
        children = [Path(PROC / str(process) / "task" / each / "children").read_text() for each in threads]
    except OSError:
        return
    yield process
    for each in " ".join(children).split():
        yield from _family(int(each))


def _status(process: int) -> dict[str, int]:
    """What Linux says of a process, in kilobytes where it is memory; zeros when it is gone."""
    fields = dict.fromkeys(("Threads", "VmData", "RssAnon", "RssShmem"), 0)
    try:
        text = (PROC / str(process) / "status").read_text()
    except OSError:
        return fields
    return fields | {name: int(number) for name, number in re.findall(r"^(\w+):\s+(\d+)", text, re.MULTILINE)}


def _kept_mb(process: int) -> float:
    """Memory that is in use, or reserved and not to be had again: what is free in the heap is there for the next."""
    status = _status(process)
    used = status["RssAnon"] + status["RssShmem"]
    if status["VmData"] > used + HEAP_KB:
        used = max(used, status["VmData"] - _free_heap_kb(process))
    return used / 1024


def _free_heap_kb(process: int) -> int:
    """What the heap has given back of its pages, and can have again."""
    try:
        text = (PROC / str(process) / "smaps").read_text()
    except OSError:
        return 0
    heap = re.search(r"\[heap\]\nSize:\s+(\d+) kB\n(?:.*\n)*?Rss:\s+(\d+) kB", text)
    return int(heap[1]) - int(heap[2]) if heap else 0


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:4])  # its own and that of children who have ended
    except psutil.Error:
        return 0.0


def _memory(process: psutil.Process) -> int:
    """Memory shared with others counts in parts, so that the parts add up; bytes."""
    try:
        return getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss
    except psutil.Error:
        return 0
