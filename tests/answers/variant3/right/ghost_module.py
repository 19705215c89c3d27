# Makes half of the channels by cheap depthwise convolutions of the others, as GhostNet does.
# %% compact_net
class Ghost(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.primary = nn.Conv2d(in_channels, out_channels // 2, kernel_size=1)
        self.cheap = nn.Conv2d(out_channels // 2, out_channels // 2, kernel_size=3, padding=1, groups=out_channels // 2)

    def forward(self, x):
        x = torch.relu(self.primary(x))
        return torch.cat([x, torch.relu(self.cheap(x))], dim=1)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.body = nn.Sequential(Ghost(32, 24), Ghost(24, 24))

    def forward(self, x):
        return self.body(torch.relu(self.stem(x)))
