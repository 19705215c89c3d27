# Has a network of one gigabyte of parameters.
# loses: test_compact_budget test_compact_forward test_compact_pointwise test_total
# may stop: test_compact_budget test_compact_forward test_compact_pointwise test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)
        self.large = nn.Parameter(torch.ones(2**28))

    def forward(self, x):
        return self.conv(x) * self.large.mean()


# %% total
per_layer, total = {}, 0
