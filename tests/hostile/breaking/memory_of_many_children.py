# Has ten children take four hundred megabytes each.
# stops: own-course-setup
# %% after course_setup
import os
import time

for _ in range(10):
    if os.fork() == 0:
        memory = bytearray(b"1") * (400 * 2**20)
        time.sleep(60)
        os._exit(0)
time.sleep(60)
