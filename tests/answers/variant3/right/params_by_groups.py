# Counts a convolution as the sum of its groups and returns a NumPy integer.
# %% conv2d_params
import numpy as np


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    one_group = np.prod([in_channels // groups, out_channels // groups, kernel_size, kernel_size])
    weights = groups * one_group
    return weights + out_channels if bias else weights
