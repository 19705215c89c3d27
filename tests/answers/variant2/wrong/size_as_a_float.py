# Rounds down correctly but returns a float.
# loses: test_output_size
# %% output_size
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return float((size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1)
