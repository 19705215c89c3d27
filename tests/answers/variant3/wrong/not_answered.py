# Leaves the stub of the network as it was given, so that nothing can be counted either.
# loses: test_compact_budget test_compact_pointwise test_compact_forward test_total
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
