# Reaches the field of the own task by 3×3 convolutions alone.
# loses: test_own_compact_net
# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 45, kernel_size=3, padding=1),
            nn.Conv2d(45, 45, kernel_size=3, padding=1),
            nn.Conv2d(45, 45, kernel_size=3, padding=1),
            nn.Conv2d(45, 45, kernel_size=3, padding=1),
            nn.Conv2d(45, 45, kernel_size=3, padding=1),
        )

    def forward(self, x):
        return self.layers(x)
