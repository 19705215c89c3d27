# Starts sixty programs that stay.
# may stop: own-course-setup
# %% after course_setup
import subprocess
import time

started = [subprocess.Popen(["sleep", "60"]) for _ in range(60)]
time.sleep(60)
