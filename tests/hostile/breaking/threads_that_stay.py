# Starts threads that sleep until no more can be started, and leaves them to the cells to come.
# may stop: own-course-setup
# %% after course_setup
import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
