# Writes answers with guessed numbers to each descriptor from a thread, again and again.
# stops: own-course-setup
# %% after course_setup
import os
import threading
import time

from autograder.process import wire


def answer():
    number = 0
    while True:
        for descriptor in range(3, 10):
            try:
                os.set_blocking(descriptor, False)
                os.write(descriptor, wire.packed((number, 4780)))
            except OSError:
                pass
        number = (number + 1) % 100


threading.Thread(target=answer, daemon=True).start()
time.sleep(0.2)
