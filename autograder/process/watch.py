"""What a process and all that it started use, seen from outside."""

import contextlib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.kinds import LossKind
from autograder.process.confine import IN_MEMORY
from autograder.process.limits import MEGABYTE, Limits
from autograder.process.seccomp import MOST_WAITING
from autograder.process.warm import Child

Status = dict[str, int]
PROC = Path("/proc")
HEAP_KB = 200 * 1024  # that are reserved and not in use are nothing to look into
SEND_BUFFER = PROC / "sys/net/core/wmem_default"
PIPE_BYTES = 2**16  # of the default size; of larger ones the kernel gives all of a user's processes together 64 MB
STATUS = re.compile(r"^(Threads|VmData|VmPTE|RssAnon|RssShmem):\s+(\d+)", re.MULTILINE)
LISTENING = re.compile(r"^\w+: \w+ \w+ 00010000 \w+ \w+ +(\d+)", re.MULTILINE)  # its inode, in `net/unix`


@dataclass(frozen=True)
class Usage:
    cpu_seconds: float
    memory_mb: float
    processes: int
    waited_seconds: float  # for a core, in the first process: a busy machine is not the student's


def usage(child: Child, limits: Limits) -> Usage:
    """Of the process and its descendants; zeros when it is gone.

    Memory that is shared counts in full, and in parts where that would be over half of the limit: the kernel takes
    long to tell the parts.
    """
    try:
        family = [root := psutil.Process(child.process)]
        if len(list(_family(child.process))) != 1:  # alone, as most are: there is nobody to look for
            family += root.children(recursive=True)
    except psutil.NoSuchProcess:
        return Usage(0.0, 0.0, 0, 0.0)
    memory = sum(map(_resident, family))
    if memory > limits.memory_mb * MEGABYTE // 2:
        memory = sum(map(_memory, family))
    memory += _kernel_memory(child, {each.pid: _status(each.pid) for each in family})
    return Usage(sum(map(_cpu_seconds, family)), memory / MEGABYTE, len(family), _waited_seconds(child.process))


def exceeded(before: Usage, now: Usage, wall_seconds: float, limits: Limits) -> tuple[LossKind, int] | None:
    """The limit that was passed and what it is, if any; `before` is the usage when the cell or question began."""
    if now.processes > limits.processes:
        return LossKind.PROCESSES, limits.processes
    if now.memory_mb > limits.memory_mb:
        return LossKind.MEMORY, limits.memory_mb
    if now.cpu_seconds - before.cpu_seconds > limits.cpu_seconds:
        return LossKind.CPU, round(limits.cpu_seconds)
    if wall_seconds - (now.waited_seconds - before.waited_seconds) > limits.wall_seconds:
        return LossKind.WALL, round(limits.wall_seconds)
    return None


def left_too_little(child: Child, limits: Limits) -> tuple[LossKind, int] | None:
    """The limit of which a cell that has ended left less than its share to those after it, and that share, if any.

    A quarter: of 4 GB and 64 threads the labs' cells and checks need a third of a gigabyte and a handful of threads,
    and what a student may keep (a data set as floats, the workers of a loader) is well within the other three.
    """
    family = {each: _status(each) for each in _family(child.process)}
    if not family:
        return None
    threads, memory_mb = limits.processes // 4, limits.memory_mb // 4
    if sum(status["Threads"] for status in family.values()) > limits.processes - threads:
        return LossKind.LEFT_RUNNING, threads
    kept = _kept_mb(child.process, family[child.process]) + _kernel_memory(child, family) / MEGABYTE
    if len(family) > 1:
        kept = max(kept, usage(child, limits).memory_mb)
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


def _status(process: int) -> Status:
    """What Linux says of a process, in kilobytes where it is memory; zeros when it is gone."""
    found = STATUS.findall(_read(PROC / str(process) / "status"))
    return dict.fromkeys(("Threads", "VmData", "VmPTE", "RssAnon", "RssShmem"), 0) | {k: int(n) for k, n in found}


def _kept_mb(process: int, status: Status) -> float:
    """Memory in use, or reserved for good: what is free in the heap serves what comes next."""
    used = status["RssAnon"] + status["RssShmem"]
    if status["VmData"] > used + HEAP_KB:
        used = max(used, status["VmData"] - _free_heap_kb(process))
    return used / 1024


def _free_heap_kb(process: int) -> int:
    """What the heap has given back of its pages, and can have again."""
    text = _read(PROC / str(process) / "smaps")
    heap = re.search(r"\[heap\]\nSize:\s+(\d+) kB\n(?:.*\n)*?Rss:\s+(\d+) kB", text)
    return int(heap[1]) - int(heap[2]) if heap else 0


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:4])  # its own and that of children who have ended
    except psutil.Error:
        return 0.0


def _resident(process: psutil.Process) -> int:
    """Memory in use, and as much of that of others as it shares; bytes."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _memory(process: psutil.Process) -> int:
    """Memory shared with others counts in parts, so that the parts add up; bytes."""
    try:
        return getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss
    except psutil.Error:
        return 0


def _kernel_memory(child: Child, family: Mapping[int, Status]) -> int:
    """At most so many bytes the kernel holds for these processes and counts to none of them.

    Files in memory, page tables, and as much as its sockets and pipes can hold: how full they are can't be seen.
    """
    tables = sum(status["VmPTE"] for status in family.values()) * 1024
    return tables + _files_in_memory(child) + _held_by_descriptors(family)


def _files_in_memory(child: Child) -> int:
    """Those of the file systems of its own; a page that is mapped counts here and as its memory."""
    used = 0
    for folder in IN_MEMORY if child.is_first else ():
        try:
            file_system = os.statvfs(f"{PROC}/{child.process}/root{folder}")
        except OSError:  # it has ended
            continue
        used += (file_system.f_blocks - file_system.f_bfree) * file_system.f_frsize
    return used


def _held_by_descriptors(family: Collection[int]) -> int:
    """What the sockets and pipes that a family has open can hold."""
    opened = frozenset(link for each in family for link in _open_links(each))
    sockets = {link for link in opened if link.startswith("socket:")}
    pipes = sum(link.startswith("pipe:") for link in opened)
    if len(sockets) <= 1:  # the channel to us
        return pipes * PIPE_BYTES
    listening = {f"socket:[{inode}]" for inode in LISTENING.findall(_read(PROC / str(next(iter(family))) / "net/unix"))}
    holding = len(sockets) + MOST_WAITING * len(sockets & listening)
    return pipes * PIPE_BYTES + holding * 2 * int(SEND_BUFFER.read_text())  # it may be passed by one message


def _open_links(process: int) -> Iterator[str]:
    """What its descriptors lead to; a thread may have descriptors of its own."""
    threads = f"{PROC}/{process}/task"
    for thread in _listed(threads):
        for descriptor in _listed(f"{threads}/{thread}/fd"):
            with contextlib.suppress(OSError):  # it is closed by now
                yield os.readlink(f"{threads}/{thread}/fd/{descriptor}")


def _listed(folder: str) -> list[str]:
    """What is in a folder of the kernel's; nothing of a process that is gone."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _waited_seconds(process: int) -> float:
    """How long its first thread was ready to run and had no core; 0 where the kernel does not say."""
    fields = _read(PROC / str(process) / "schedstat").split()
    return int(fields[1]) / 1e9 if len(fields) > 1 else 0.0


def _read(path: Path) -> str:
    """What the kernel says; nothing of a process that is gone."""
    try:
        return path.read_text()
    except OSError:
        return ""
