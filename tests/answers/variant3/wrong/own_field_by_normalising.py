# Sees far by the statistics of a normalisation alone.
# undecided: test_own_compact_net
# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 45, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(45, 33, kernel_size=1),
            nn.ReLU(),
            nn.Conv2d(33, 33, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(33, 33, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(33, 45, kernel_size=3, padding=1),
            nn.GroupNorm(1, 45),
        )

    def forward(self, x):
        return self.layers(x)
