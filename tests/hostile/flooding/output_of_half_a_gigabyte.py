# Has a network that enlarges the image to half a gigabyte.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# may stop: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return F.interpolate(self.conv(x), scale_factor=180)


# %% after test_compact_pointwise
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return self.conv(x)
