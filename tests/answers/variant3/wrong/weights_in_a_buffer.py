# Registers the big weight as a buffer.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.register_buffer("weight", torch.randn(96, 64, 3, 3) * 0.05)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.relu(F.conv2d(x, self.weight, padding=1))
        return torch.relu(self.conv1x1(x))
