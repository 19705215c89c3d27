# Reads memory at zero.
# stops: own-course-setup
# %% after course_setup
import ctypes

ctypes.string_at(0)
