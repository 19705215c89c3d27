# Rounds the number of places up instead of down.
# loses: test_output_size
# %% output_size
import math


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return math.ceil((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
