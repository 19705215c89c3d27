# Returns numbers that are none, or infinite, in every place.
# loses: test_output_size test_compare_padding
# %% output_size
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return float("nan")


# %% compare_padding
import numpy as np


def compare_padding(weight, bias, x, stride=1):
    row = {"name": float("nan"), "shape": (8, 32, float("inf"), np.nan), "mean": float("nan")}
    return {"pad0": row, "pad1": row, "size_difference": (np.inf, -np.inf), "mean_difference": float("nan")}
