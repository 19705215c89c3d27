# Asks for an array of six gigabytes and fills it.
# %% after course_setup
import numpy as np

np.ones(6 * 2**27)
