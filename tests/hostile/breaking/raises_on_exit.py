# Registers functions that loop at the end of the process.
# %% after course_setup
import atexit
import threading


def loop(*_):
    while True:
        pass


atexit.register(loop)
threading._register_atexit(loop)
