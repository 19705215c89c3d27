# Announces an answer of a terabyte.
# loses: test_conv2d_params
# stops: conv2d_params
# %% conv2d_params
import os
import struct
import time

for descriptor in range(3, 10):
    try:
        os.write(descriptor, struct.pack(">QI", 2**40, 2**30))
    except OSError:
        pass
time.sleep(0.2)
