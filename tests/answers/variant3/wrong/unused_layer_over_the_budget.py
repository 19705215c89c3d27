# Keeps a big layer that never runs, which takes the network over the budget.
# loses: test_compact_budget test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.old = nn.Conv2d(64, 128, kernel_size=3)

    def forward(self, x):
        return torch.relu(self.conv1x1(torch.relu(self.conv(x))))
