# Reaches the field of the own task by large kernels on a narrow map.
# %% login
login = "S.Kim"


# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 25, kernel_size=3, padding=1),
            nn.GELU(),
            nn.Conv2d(25, 8, kernel_size=1),
            nn.Conv2d(8, 8, kernel_size=7, padding=3),
            nn.GELU(),
            nn.Conv2d(8, 25, kernel_size=5, padding=2),
        )

    def forward(self, x):
        return self.layers(x)
