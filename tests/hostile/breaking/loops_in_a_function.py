# Loops for ever when its function is called.
# loses: test_conv2d_params
# stops: test_conv2d_params
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    while True:
        pass
