# Leaves a hundred threads that sleep, and one that computes.
# stops: own-course-setup
# %% after course_setup
import threading
import time


def compute():
    while True:
        time.sleep(0.0001)


for _ in range(100):
    threading.Thread(target=time.sleep, args=(60,)).start()
threading.Thread(target=compute).start()
