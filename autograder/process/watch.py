"""What a process and all that it started use, seen from outside."""

from dataclasses import dataclass

import psutil

from autograder.kinds import LossKind
from autograder.process.limits import MEGABYTE, Limits


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
