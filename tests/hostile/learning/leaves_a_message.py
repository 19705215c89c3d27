# Leaves a message for the next student where memory or files might outlive a process, and prints what it finds there.
# %% after course_setup
import ctypes
import glob
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
segment = libc.shmget(0x5EC12E7, 4096, 0o1666)
address = libc.shmat(segment, None, 0) if segment >= 0 else None
if address not in (None, 2**64 - 1):
    if ctypes.string_at(address, 7) == b"message":
        print("LEARNT of a message in shared memory")
    ctypes.memmove(address, b"message", 7)
libc.mq_open.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p)
if libc.mq_open(b"/message", 2, 0, None) >= 0:
    print("LEARNT of a message in a queue")
libc.mq_open(b"/message", 0o102, 0o666, None)
if libc.semget(0x5EC12E7, 1, 0) >= 0:
    print("LEARNT of a message in a semaphore")
libc.semget(0x5EC12E7, 1, 0o1666)
folders = ("/scratch", "/tmp", "/dev/shm", "/var/tmp", "/run", Path.home(), Path(torch.__file__).parent)
for folder in {Path(folder).resolve() for folder in folders}:
    try:
        if Path(folder, "message").exists():
            print("LEARNT of a message in", folder)
        Path(folder, "message").write_text("message")
    except OSError:
        pass
