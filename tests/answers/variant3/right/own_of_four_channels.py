# Narrows so much that a ReLU gives zeros alone with some initial weights.
# %% login
login = "s190"


# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.narrow = nn.Conv2d(3, 16, 3, padding=1), nn.Conv2d(16, 4, 1)
        self.far = nn.Sequential(*[nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU()) for _ in range(3)])
        self.last = nn.Conv2d(4, 16, 3, padding=1)

    def forward(self, x):
        return self.last(self.far(F.relu(self.narrow(F.relu(self.first(x))))))
