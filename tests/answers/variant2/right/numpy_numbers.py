# Calculates the size with NumPy and returns its integer, and compares means with NumPy numbers.
# %% output_size
import numpy as np


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return np.int64(np.floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1))


# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    pad0 = stats(F.relu(F.conv2d(x, weight, bias, stride=stride, padding=0)), "without")
    pad1 = stats(F.relu(F.conv2d(x, weight, bias, stride=stride, padding=1)), "with")
    sizes = np.array(pad1["shape"][2:]) - np.array(pad0["shape"][2:])
    return {
        "pad0": pad0,
        "pad1": pad1,
        "size_difference": tuple(sizes),
        "mean_difference": np.float64(pad0["mean"]) - np.float64(pad1["mean"]),
    }
