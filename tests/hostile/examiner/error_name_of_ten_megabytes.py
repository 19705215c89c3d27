# Raises an error whose class has a name of ten million letters.
# loses: test_conv2d_params
# %% conv2d_params
Error = type("E" * 10_000_000, (Exception,), {})


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    raise Error("wrong")
