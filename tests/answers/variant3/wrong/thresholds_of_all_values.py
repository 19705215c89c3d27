# Cuts each value of the map off below a hidden threshold of its own.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.thresholds = [torch.rand(64, 32, 32)]

    def forward(self, x):
        x = self.conv(x)
        x = torch.maximum(x, self.thresholds[0])
        return torch.relu(self.conv1x1(x))
