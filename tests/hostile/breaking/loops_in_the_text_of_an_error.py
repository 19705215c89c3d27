# Raises an error whose text takes for ever.
# loses: test_conv2d_params
# stops: test_conv2d_params
# %% conv2d_params
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    raise Endless()
