# Solves the own task on a map that is narrow from the first layer on.
# loses: test_own_compact_net
# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 20, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(20, 20, kernel_size=7, padding=3),
            nn.ReLU(),
            nn.Conv2d(20, 45, kernel_size=3, padding=1),
        )

    def forward(self, x):
        return self.layers(x)
