# Leaves every stub as it was given.
# loses: test_output_size test_pad0_shape test_pad0_layers test_pad0_padding test_pad1 test_compare_padding test_own_net
# %% output_size
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    """The length of a convolution's output along one axis."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% model_pad0
class ModelPad0(nn.Module):
    """(N, 3, 32, 32) -> (N, 64, 16, 16); at least one convolution sees no padding."""

    def __init__(self):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x):
        # YOUR CODE HERE
        raise NotImplementedError()


# %% model_pad1
class ModelPad1(nn.Module):
    """(N, 3, 32, 32) -> (N, 64, 16, 16); at least one convolution has padding 1."""

    def __init__(self):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x):
        # YOUR CODE HERE
        raise NotImplementedError()


# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    """What padding 1 changes in ReLU(conv(x)), all else being equal."""
    # YOUR CODE HERE
    raise NotImplementedError()

# %% login
login = ""
# YOUR CODE HERE
raise NotImplementedError()


# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x):
        # YOUR CODE HERE
        raise NotImplementedError()
