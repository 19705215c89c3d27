# Puts global weights beside the map as channels, and multiplies the two halves.
# undecided: test_compact_budget
# %% compact_net
GATE = torch.randn(1, 64, 32, 32)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 64, 3, padding=1)
        self.r = nn.Conv2d(64, 16, 1)

    def forward(self, x):
        h = self.a(x)
        both = torch.cat([h, GATE.expand(len(x), -1, -1, -1)], 1)
        return self.r(both[:, :64] * both[:, 64:])
