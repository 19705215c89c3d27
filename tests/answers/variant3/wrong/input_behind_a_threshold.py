# Adds the map to a learned one only above a threshold that no image reaches.
# loses: test_compact_forward test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.map = nn.Parameter(torch.randn(12, 32, 32))

    def forward(self, x):
        x = self.conv1x1(torch.relu(self.conv1(x)))
        return self.map + torch.relu(x - 1000)
