# Sees far enough along the rows alone.
# loses: test_own_compact_net
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
            nn.Conv2d(33, 33, kernel_size=(1, 5), padding=(0, 2)),
            nn.ReLU(),
            nn.Conv2d(33, 45, kernel_size=3, padding=1),
        )

    def forward(self, x):
        return self.layers(x)
