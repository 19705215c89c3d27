# Returns a tensor of a gigabyte.
# loses: test_conv2d_params
# may stop: conv2d_params test_conv2d_params
# %% conv2d_params
LARGE = torch.zeros(2**28)


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return LARGE
