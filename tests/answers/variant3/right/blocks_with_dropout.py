# Builds bottleneck blocks with batch normalisation and dropout, listed in a ModuleList.
# %% compact_net
class Bottleneck(nn.Module):
    def __init__(self, channels, inner):
        super().__init__()
        self.reduce = nn.Conv2d(channels, inner, kernel_size=1, bias=False)
        self.norm = nn.BatchNorm2d(inner)
        self.conv = nn.Conv2d(inner, channels, kernel_size=3, padding=1)
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        y = torch.relu(self.norm(self.reduce(x)))
        return torch.relu(x + self.drop(self.conv(y)))


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.blocks = nn.ModuleList([Bottleneck(32, 8) for _ in range(3)])

    def forward(self, x):
        x = torch.relu(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return x
