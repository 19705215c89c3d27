# Keeps sixteen scales in each integer of 64 bits.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.register_buffer("packed", torch.randint(-(2**63), 2**63 - 1, (4, 32, 32)))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.cat([self.packed >> 4 * place & 15 for place in range(16)])
        return torch.relu(self.conv1x1(x * (scales / 15)))
