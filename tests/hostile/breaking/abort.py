# Aborts its process.
# stops: own-course-setup
# %% after course_setup
import os

os.abort()
