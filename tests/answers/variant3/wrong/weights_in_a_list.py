# Keeps the big weights in a Python list, where net.parameters() does not see them.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.weights = [torch.randn(64, 64, 3, 3) * 0.05 for _ in range(2)]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        for weight in self.weights:
            x = torch.relu(F.conv2d(x, weight, padding=1))
        return torch.relu(self.conv1x1(x))
