# Adds its branches by learned scales, one of each channel, that are small at first.
# %% compact_net
class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.reduce = nn.Conv2d(channels, channels // 4, kernel_size=1)
        self.conv = nn.Conv2d(channels // 4, channels, kernel_size=3, padding=1)
        self.scale = nn.Parameter(torch.full((channels, 1, 1), 0.1))

    def forward(self, x):
        return x + self.scale * self.conv(torch.relu(self.reduce(x)))


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 48, kernel_size=3, padding=1)
        self.blocks = nn.Sequential(Block(48), Block(48))

    def forward(self, x):
        return self.blocks(torch.relu(self.stem(x)))
