# Leaves a process that has cut every tie to it.
# %% after course_setup
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
os.wait()
