# Forks three hundred processes that stay.
# may stop: own-course-setup
# %% after course_setup
import os
import time

for _ in range(300):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
time.sleep(60)
