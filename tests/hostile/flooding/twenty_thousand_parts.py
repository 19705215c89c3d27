# Returns a list of twenty thousand numbers.
# loses: test_conv2d_params
# %% conv2d_params
MANY = [0] * 20_000


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return MANY
