# Adds bottlenecks to the map, each of which sees two pixels more.
# %% login
login = "s62"


# %% own_compact_net
class Bottleneck(nn.Module):
    def __init__(self, channels, narrow):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, narrow, 1),
            nn.ReLU(),
            nn.Conv2d(narrow, narrow, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(narrow, channels, 1),
        )

    def forward(self, x):
        return F.relu(x + self.layers(x))


class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 24, 3, padding=1)
        self.blocks = nn.Sequential(*[Bottleneck(24, 6) for _ in range(4)])

    def forward(self, x):
        return self.blocks(F.relu(self.first(x)))
