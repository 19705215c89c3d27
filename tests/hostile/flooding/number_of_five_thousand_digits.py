# Returns a number of five thousand digits, and has one for its total.
# loses: test_conv2d_params test_total
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return 10**5000


# %% total
per_layer, total = layer_params_dict(CompactNet()), 10**5000
