"""Calls of the Linux kernel that Python 3.11 does not wrap."""

import ctypes
import os

# CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID
NEW_MOUNTS, NEW_IPC, NEW_USERS, NEW_PIDS = 0x00020000, 0x08000000, 0x10000000, 0x20000000
NO_SUID, NO_DEVICES = 2, 4  # MS_NOSUID, MS_NODEV
SET_DEATH_SIGNAL, SET_DUMPABLE, SET_NO_NEW_PRIVS, SET_SECCOMP = 1, 4, 38, 22  # PR_SET_...
CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: int | bytes | ctypes.Array[ctypes.c_uint32] | ctypes.c_void_p) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")


def new_pid_namespace(own: int) -> None:
    """The next child is the first process of a namespace of its own; `own` is this process's, to begin from."""
    _call("setns", own, NEW_PIDS)  # or a second call would be refused
    _call("unshare", NEW_PIDS)


def new_mount_and_ipc_namespaces() -> None:
    """Mounts, shared memory and message queues of its own from here on."""
    _call("unshare", NEW_MOUNTS | NEW_IPC)


def new_user_namespace() -> None:
    """Users of its own from here on: processes of other such namespaces can't be looked into, nor look in."""
    _call("unshare", NEW_USERS)


def die_with_parent() -> None:
    """Be killed when the thread that started this process ends."""
    _call("prctl", SET_DEATH_SIGNAL, 9, 0, 0, 0)


def mount_scratch(folder: str, megabytes: int) -> None:
    """An empty file system in memory, of a limited size, that vanishes with the last process that sees it."""
    options = f"size={megabytes}m,mode=700".encode()
    _call("mount", b"scratch", folder.encode(), b"tmpfs", NO_SUID | NO_DEVICES, options)


def set_dumpable(dumpable: bool) -> None:
    """Whether others of the same user may look into this process's memory."""
    _call("prctl", SET_DUMPABLE, int(dumpable), 0, 0, 0)


def no_new_privileges() -> None:
    _call("prctl", SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


def filter_system_calls(program: bytes) -> None:
    """Installs a seccomp filter: a program of 8-byte BPF instructions, for this process and all that it starts."""
    instructions = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]

    filter_ = Program(len(program) // 8, ctypes.addressof(instructions))
    _call("prctl", SET_SECCOMP, 2, ctypes.c_void_p(ctypes.addressof(filter_)), 0, 0)
