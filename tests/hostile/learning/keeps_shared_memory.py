# Fills shared memory of the kernel's that stays when nobody holds it, where no limit counts it.
# %% after course_setup
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
libc.shmget.argtypes = (ctypes.c_int, ctypes.c_size_t, ctypes.c_int)
libc.shmdt.argtypes = (ctypes.c_void_p,)
segment = libc.shmget(0, 2**28, 0o1600)
address = libc.shmat(segment, None, 0) if segment >= 0 else None
if address not in (None, 2**64 - 1):
    ctypes.memset(address, 1, 2**28)
    libc.shmdt(address)
    print("LEARNT how to leave 256 MB behind")
