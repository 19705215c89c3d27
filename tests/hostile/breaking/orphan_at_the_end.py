# Leaves a process and ends itself.
# stops: own-total
# %% after total
import os
import time

if os.fork() == 0:
    os.setsid()
    time.sleep(60)
    os._exit(0)
os._exit(0)
