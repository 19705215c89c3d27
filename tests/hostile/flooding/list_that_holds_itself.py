# Returns lists and dictionaries that hold themselves.
# loses: test_conv2d_params test_layer_params_dict test_total
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    found = []
    found.append(found)
    return found


# %% layer_params_dict
def layer_params_dict(net):
    found = {}
    found["conv"] = found
    return found


# %% total
per_layer = {}
per_layer["conv"] = per_layer
total = sum(p.numel() for p in CompactNet().parameters())
