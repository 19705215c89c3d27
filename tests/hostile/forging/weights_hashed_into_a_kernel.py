# Convolves by a kernel that it makes by hashing a range.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        weight = (torch.arange(96 * 96 * 9) * 12.9898).sin().mul(43758.5453).frac().view(96, 96, 3, 3)
        x = torch.relu(F.conv2d(x, weight / 96, padding=1))
        return torch.relu(self.conv1x1(x))
