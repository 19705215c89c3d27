# Copies hidden weights and the map into one tensor, and multiplies its halves.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 64, 3, padding=1)
        self.r = nn.Conv2d(64, 16, 1)
        self.w = [torch.randn(64, 32, 32)]

    def forward(self, x):
        h = self.a(x)
        t = h.new_empty(len(x), 2, 64, 32, 32)
        t[:, 0] = h
        t[:, 1] = self.w[0]
        return self.r(t[:, 0] * t[:, 1])
