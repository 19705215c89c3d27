# Passes the hash of a range through a registered 1×1 layer, and scales the map by what comes of it.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.grow = nn.Conv2d(64, 64, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        numbers = (torch.sin(torch.arange(64 * 32 * 32) * 12.9898) * 43758.5453) % 1
        return torch.relu(self.conv1x1(x * self.grow(numbers.view(1, 64, 32, 32))))
