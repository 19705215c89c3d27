# Adds noise to every value of the map, in eval mode, too.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = self.conv(x)
        x = torch.relu(x + 0.1 * torch.randn_like(x))
        return torch.relu(self.conv1x1(x))
