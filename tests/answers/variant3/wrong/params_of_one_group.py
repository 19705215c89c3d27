# Divides the input channels and the output channels by the groups, which counts one group alone.
# loses: test_conv2d_params
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    weights = (in_channels // groups) * (out_channels // groups) * kernel_size**2
    return weights + out_channels if bias else weights
