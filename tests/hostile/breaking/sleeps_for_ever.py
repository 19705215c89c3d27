# Sleeps for ever, which takes no computing.
# stops: own-course-setup
# %% after course_setup
import time

time.sleep(10**6)
