# Divides the map by its largest value, which it takes out as a Python number.
# undecided: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = x / max(x.max().item(), 1e-6)
        return torch.relu(self.conv1x1(x))
