# Looks up a learned vector for each of 64 levels of brightness.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.levels = nn.Embedding(64, 16)
        self.conv = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        level = (x.mean(dim=1) * 8 + 32).long().clamp(0, 63)
        x = self.levels(level).permute(0, 3, 1, 2)
        return torch.relu(self.conv1x1(torch.relu(self.conv(x)))) + x[:, :12]
