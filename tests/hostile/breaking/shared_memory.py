# Fills four gigabytes of memory that no limit of a process counts.
# stops: own-course-setup
# %% after course_setup
import mmap
import time

memory = mmap.mmap(-1, 4 * 2**30)
for place in range(0, 4 * 2**30, 2**20):
    memory[place : place + 2**20] = bytes(b"1") * 2**20
time.sleep(100)
