# Gives half a character as an answer, as a key, as a name and as an error.
# loses: test_conv2d_params test_layer_params_dict test_compact_forward test_compact_budget test_compact_pointwise
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return "\ud800"


# %% layer_params_dict
def layer_params_dict(net):
    return {"\ud800": "\udfff"}


# %% compact_net
class CompactNet(nn.Module):
    def forward(self, x):
        raise ValueError("\ud800")


CompactNet.__name__ = "\ud800"

# %% total
per_layer, total = {}, 0
