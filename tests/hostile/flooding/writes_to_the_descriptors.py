# Writes a gigabyte to the standard descriptors, by-passing Python.
# %% after course_setup
import os

for _ in range(500):
    for descriptor in (1, 2):
        os.write(descriptor, bytes(2**20))
