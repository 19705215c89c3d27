# Announces an answer, sends half of it and sleeps.
# loses: test_conv2d_params
# stops: conv2d_params
# %% conv2d_params
import os
import struct
import time

for descriptor in range(3, 10):
    try:
        os.write(descriptor, struct.pack(">QI", 2**20, 2**20) + b"[")
    except OSError:
        pass
time.sleep(100)
