"""Whether a copy of this process would be whole."""

from pathlib import Path

THREADS = Path("/proc/self/task")


def may_fork() -> bool:
    """Whether there is one thread, as far as Linux tells: a fork copies only one."""
    return THREADS.is_dir() and len(list(THREADS.iterdir())) == 1
