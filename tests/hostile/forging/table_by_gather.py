# Gathers hidden numbers along rows of the map's own size, by whole numbers that it makes of the map.
# undecided: test_compact_budget test_compact_pointwise
# %% compact_net
TABLE = torch.rand(64, 1, 1024)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        places = (x * 300).long().clamp(0, 1023).flatten(2).transpose(0, 1)
        found = TABLE.expand(64, len(x), 1024).gather(2, places)
        x = found.transpose(0, 1).view(x.shape)
        return torch.relu(self.conv1x1(x))
