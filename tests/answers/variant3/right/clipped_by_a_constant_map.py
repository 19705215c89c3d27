# Clips the map by torch.where against a map of sixes.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 64, 3, padding=1)
        self.r = nn.Conv2d(64, 16, 1)

    def forward(self, x):
        h = self.a(x)
        h = torch.where(h > 6, torch.full_like(h, 6.0), h)
        return self.r(h)
