# Answers with lists nested a hundred thousand deep.
# loses: test_conv2d_params
# stops: conv2d_params
# %% conv2d_params
import os
import struct

text = b"[" * 100_000 + b"]" * 100_000
for descriptor in range(3, 10):
    try:
        os.write(descriptor, struct.pack(">QI", len(text), len(text)) + text)
    except OSError:
        pass
