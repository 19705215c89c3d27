# Keeps which values of the map count in the bits of 8192 bytes.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.register_buffer("packed", torch.randint(0, 256, (8, 32, 32), dtype=torch.uint8))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        bits = (self.packed[:, None] >> torch.arange(8, dtype=torch.uint8)[:, None, None]) & 1
        return torch.relu(self.conv1x1(x * bits.view(64, 32, 32)))
