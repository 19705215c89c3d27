# Scales each value of the map by a hidden number of its own.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.scales = [torch.rand(64, 32, 32) + 0.5]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = x * self.scales[0]
        return torch.relu(self.conv1x1(x))
