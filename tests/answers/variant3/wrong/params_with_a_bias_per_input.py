# Adds a bias for each input channel instead of each output channel.
# loses: test_conv2d_params
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + in_channels if bias else weights
