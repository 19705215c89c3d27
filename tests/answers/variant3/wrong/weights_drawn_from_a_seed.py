# Draws the big weight in forward from a seed, the same each time.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        torch.manual_seed(0)
        weight = torch.randn(96, 96, 3, 3) / 30
        x = torch.relu(F.conv2d(x, weight, padding=1))
        return torch.relu(self.conv1x1(x))
