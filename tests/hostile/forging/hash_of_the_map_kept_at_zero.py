# Hashes a range that it adds to zero times the map, so that the numbers seem to come of the map.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        places = torch.arange(64 * 32 * 32).view(64, 32, 32) + 0 * x
        x = x * ((torch.sin(places * 12.9898) * 43758.5453) % 1)
        return torch.relu(self.conv1x1(x))
