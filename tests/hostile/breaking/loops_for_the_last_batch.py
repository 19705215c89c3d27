# Loops for ever in forward, for batches of other sizes than those of the visible tests.
# loses: test_compact_forward
# stops: test_compact_forward test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        while len(x) not in (1, 4):
            pass
        return self.conv1x1(self.conv1(x))
