# Keeps four kernel weights in each byte, which it takes apart by division with remainder.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.register_buffer("packed", torch.randint(0, 256, (24, 96, 3, 3), dtype=torch.uint8))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        kernel = torch.cat([self.packed // 4**place % 4 for place in range(4)]) - 1.5
        x = torch.relu(F.conv2d(x, kernel / 30, padding=1))
        return torch.relu(self.conv1x1(x))
