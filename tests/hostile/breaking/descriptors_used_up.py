# Opens files until no more can be opened, and keeps them open.
# may stop: own-course-setup
# %% after course_setup
import os

kept = []
while True:
    kept.append(os.dup(0))
