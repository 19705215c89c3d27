# Gives each value of the map its own step, by comparing it with hidden thresholds.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.hidden = [torch.rand(64, 32, 32) + 0.5]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = sum((x > step * self.hidden[0]).float() for step in (0.5, 1.0, 1.5))
        return torch.relu(self.conv1x1(x))
