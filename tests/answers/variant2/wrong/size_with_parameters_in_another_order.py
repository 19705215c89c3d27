# Writes padding before stride, so that a call without names is answered wrongly.
# loses: test_output_size
# %% output_size
def output_size(size, kernel_size, padding=0, stride=1, dilation=1):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
