"""The system calls that a student's process is refused, as a seccomp program.

Instructions and offsets are those of the kernel's documentation, "Seccomp BPF (SECure COMPuting with filters)".
"""

import errno
import platform
import struct
from dataclasses import dataclass

# Looking into other processes, namespaces and mounts, keys, the kernel itself, memory that no limit counts.
REFUSED = (
    "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd unshare setns mount umount2 "
    "pivot_root chroot move_mount open_tree fsopen fsmount fsconfig fspick mount_setattr keyctl add_key request_key "
    "bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register memfd_create memfd_secret "
    "init_module finit_module delete_module kexec_load kexec_file_load open_by_handle_at name_to_handle_at quotactl "
    "acct swapon swapoff reboot sethostname setdomainname syslog "
    "shmget shmat shmctl semget semop semctl semtimedop msgget msgsnd msgrcv msgctl mq_open"
).split()
FAMILY_UNIX, DATAGRAM, SEND_BUFFER = 1, 2, 7  # AF_UNIX, SOCK_DGRAM, SO_SNDBUF
KIND = 0xF  # the bits of a socket's type that are no flags
MOST_WAITING = 128  # who connects to a socket that listens: what they have sent is kept in the kernel
NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW... flag that clone takes
HIGHEST = 0x3FFFFFFF  # numbers of calls above belong to other calling conventions


@dataclass(frozen=True)
class Architecture:
    """What the kernel calls the machine, and the numbers of its system calls."""

    audit: int
    numbers: dict[str, int]


_SHARED = dict(
    pidfd_getfd=438, open_tree=428, move_mount=429, fsopen=430, fsconfig=431, fsmount=432, fspick=433, clone3=435,
    process_madvise=440, mount_setattr=442, memfd_secret=447, io_uring_setup=425, io_uring_enter=426,
    io_uring_register=427,
)  # fmt: skip
ARCHITECTURES = {
    "x86_64": Architecture(
        0xC000003E,
        dict(
            _SHARED, ptrace=101, process_vm_readv=310, process_vm_writev=311, kcmp=312, unshare=272, setns=308,
            socketpair=53, setsockopt=54, listen=50,
            mount=165, umount2=166, pivot_root=155, chroot=161, keyctl=250, add_key=248, request_key=249, bpf=321,
            perf_event_open=298, userfaultfd=323, memfd_create=319, init_module=175, finit_module=313,
            delete_module=176, kexec_load=246, kexec_file_load=320, open_by_handle_at=304, name_to_handle_at=303,
            quotactl=179, acct=163, swapon=167, swapoff=168, reboot=169, sethostname=170, setdomainname=171,
            syslog=103, socket=41, clone=56, shmget=29, shmat=30, shmctl=31, semget=64, semop=65, semctl=66,
            semtimedop=220, msgget=68, msgsnd=69, msgrcv=70, msgctl=71, mq_open=240,
        ),
    ),
    "aarch64": Architecture(
        0xC00000B7,
        dict(
            _SHARED, ptrace=117, process_vm_readv=270, process_vm_writev=271, kcmp=272, unshare=97, setns=268,
            socketpair=199, setsockopt=208, listen=201,
            mount=40, umount2=39, pivot_root=41, chroot=51, keyctl=219, add_key=217, request_key=218, bpf=280,
            perf_event_open=241, userfaultfd=282, memfd_create=279, init_module=105, finit_module=273,
            delete_module=106, kexec_load=104, kexec_file_load=294, open_by_handle_at=265, name_to_handle_at=264,
            quotactl=60, acct=89, swapon=224, swapoff=225, reboot=142, sethostname=161, setdomainname=162,
            syslog=116, socket=198, clone=220, shmget=194, shmat=196, shmctl=195, semget=190, semop=193, semctl=191,
            semtimedop=192, msgget=186, msgsnd=189, msgrcv=188, msgctl=187, mq_open=180,
        ),
    ),
}  # fmt: skip

LOAD, AND, EQUAL, GREATER, ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x25, 0x45, 0x06
NUMBER, MACHINE, FIRST_ARGUMENT, SECOND_ARGUMENT, THIRD_ARGUMENT = 0, 4, 16, 24, 32
ALLOW, KILL = 0x7FFF0000, 0x80000000
NO_SUCH_CALL, REFUSE = 0x00050000 | errno.ENOSYS, 0x00050000 | errno.EPERM


def program() -> bytes | None:
    """The filter for this machine; None for a machine whose numbers are not known here."""
    machine = ARCHITECTURES.get(platform.machine())
    if machine is None:
        return None
    numbers = machine.numbers
    # What is sent and not read lies in the kernel: how much it can be is known of default buffers and short queues.
    sockets = [
        _step(LOAD, FIRST_ARGUMENT), _step(EQUAL, FAMILY_UNIX, 1, 0), _step(RETURN, REFUSE),
        _step(LOAD, SECOND_ARGUMENT), _step(AND, KIND), _step(EQUAL, DATAGRAM, 0, 1), _step(RETURN, REFUSE),
    ]  # fmt: skip
    large_buffers = [_step(LOAD, THIRD_ARGUMENT), _step(EQUAL, SEND_BUFFER, 0, 1), _step(RETURN, REFUSE)]
    long_queues = [_step(LOAD, SECOND_ARGUMENT), _step(GREATER, MOST_WAITING, 0, 1), _step(RETURN, REFUSE)]
    namespaces = [_step(LOAD, FIRST_ARGUMENT), _step(ANY_BIT, NEW_NAMESPACES, 0, 1), _step(RETURN, REFUSE)]
    return b"".join(
        [
            _step(LOAD, MACHINE), _step(EQUAL, machine.audit, 1, 0), _step(RETURN, KILL),
            _step(LOAD, NUMBER), _step(GREATER, HIGHEST, 0, 1), _step(RETURN, REFUSE),
            *(step for name in REFUSED for step in (_step(EQUAL, numbers[name], 0, 1), _step(RETURN, REFUSE))),
            # glibc falls back to clone, whose flags a filter can see.
            _step(EQUAL, numbers["clone3"], 0, 1), _step(RETURN, NO_SUCH_CALL),
            *_of_call(numbers["clone"], namespaces),
            *_of_call(numbers["socket"], sockets),
            *_of_call(numbers["socketpair"], sockets),
            *_of_call(numbers["setsockopt"], large_buffers),
            *_of_call(numbers["listen"], long_queues),
            _step(RETURN, ALLOW),
        ]
    )  # fmt: skip


def _of_call(number: int, steps: list[bytes]) -> list[bytes]:
    """The steps for one call; they load its arguments, and its number is loaded again after them."""
    return [_step(EQUAL, number, 0, len(steps) + 1), *steps, _step(LOAD, NUMBER)]


def _step(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, operand)
