# Leaves every stub as it was given.
# loses: test_conv2d_params test_compact_budget test_compact_pointwise test_compact_forward test_layer_params_dict test_total test_own_compact_net
# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    """How many parameters nn.Conv2d has with these arguments."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% compact_net
class CompactNet(nn.Module):
    """(N, 3, 32, 32) -> (N, ...) with at most 50 000 parameters; a 1x1 convolution lowers the number of channels."""

    def __init__(self):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x):
        # YOUR CODE HERE
        raise NotImplementedError()


# %% layer_params_dict
def layer_params_dict(net):
    """Qualified name -> number of parameters, for each layer that has parameters of its own."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% total
per_layer = None
total = None
# YOUR CODE HERE
raise NotImplementedError()

# %% login
login = ""
# YOUR CODE HERE
raise NotImplementedError()


# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x):
        # YOUR CODE HERE
        raise NotImplementedError()
