# Scales channels by a complex parameter that is read as pairs of real numbers.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 64, 3, padding=1)
        self.r = nn.Conv2d(64, 16, 1)
        self.w = nn.Parameter(torch.randn(8, dtype=torch.complex64))

    def forward(self, x):
        h = self.r(self.a(x).relu())
        return h * torch.view_as_real(self.w).view(16, 1, 1)
