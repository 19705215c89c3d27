# Returns an object that has every attribute, each of them such an object.
# loses: test_conv2d_params test_total
# %% conv2d_params
class Everything:
    def __getattr__(self, name):
        return Everything()

    def __call__(self, *arguments, **options):
        return Everything()


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return Everything()


# %% total
per_layer = total = Everything()
