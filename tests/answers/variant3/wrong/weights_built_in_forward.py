# Builds the big weight inside forward, from a formula.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        weight = torch.linspace(-1, 1, 96 * 64 * 3 * 3).view(96, 64, 3, 3).sin()
        x = torch.relu(self.conv(x))
        x = torch.relu(F.conv2d(x, weight, padding=1))
        return torch.relu(self.conv1x1(x))
