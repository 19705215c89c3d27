# Returns a list nested a hundred thousand deep.
# loses: test_conv2d_params
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    found = []
    for _ in range(100_000):
        found = [found]
    return found
