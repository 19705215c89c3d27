# Writes bias before groups, so that a call without names is answered wrongly.
# loses: test_conv2d_params
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    return out_channels * (in_channels // groups) * kernel_size**2 + out_channels * bias
