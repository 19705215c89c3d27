"""What a student's process does to itself before the first cell, so that it can't be undone afterwards."""

import os
import resource
import sys
import tempfile

from autograder.process import kernel, seccomp
from autograder.process.limits import MEGABYTE, Limits

SCRATCH = "/scratch"
IN_MEMORY = (SCRATCH, "/dev/shm")  # the file systems of a child's own


def confine(limits: Limits) -> None:
    """Inside the sandbox: a scratch and users of its own, limits, no capabilities, a filter on system calls."""
    kernel.new_mount_and_ipc_namespaces()
    for folder in IN_MEMORY:
        kernel.mount_scratch(folder, limits.scratch_mb)
    start_in(SCRATCH)
    kernel.new_user_namespace()  # `/proc` shows the children of other notebooks, too
    set_limits(limits)
    # Only in a user namespace of its own: elsewhere it would count all that the same user runs.
    _bound(resource.RLIMIT_NPROC, limits.processes)
    kernel.drop_capabilities()
    kernel.no_new_privileges()
    if program := seccomp.program():
        kernel.filter_system_calls(program)
    kernel.set_dumpable(True)  # the zygote is not; its children may look at themselves


def start_in(folder: str) -> None:
    """Make this the folder where the notebook lies: what is handed in beside it can be read and imported."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    os.environ["HOME"] = os.environ["TMPDIR"] = folder
    tempfile.tempdir = None  # what the zygote found is not there any more


def set_limits(limits: Limits) -> None:
    """Per process; what counts for all processes together is watched from outside."""
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_DATA, limits.memory_mb * MEGABYTE)
    _bound(resource.RLIMIT_FSIZE, limits.file_mb * MEGABYTE)
    _bound(resource.RLIMIT_NOFILE, 1024)


def _bound(kind: int, bound: int) -> None:
    """For good; a lower bound that holds already stays."""
    _soft, hard = resource.getrlimit(kind)
    bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
    resource.setrlimit(kind, (bound, bound))
