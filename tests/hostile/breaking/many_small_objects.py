# Fills the memory with many small objects, up to four gigabytes.
# stops: own-course-setup
# %% after course_setup
kept = []
for _ in range(40_000):
    try:
        kept.append([bytearray(1000) for _ in range(100)])
    except MemoryError:
        pass
import time

time.sleep(100)
