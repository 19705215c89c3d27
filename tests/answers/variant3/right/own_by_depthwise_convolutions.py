# Types its login in capitals, and reaches the field of the own task by a depthwise 5×5 convolution.
# %% login
login = " ИВАНОВ"


# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 34, kernel_size=3, padding=1),
            nn.BatchNorm2d(34),
            nn.ReLU(),
            nn.Conv2d(34, 16, kernel_size=1),
            nn.Conv2d(16, 16, kernel_size=5, padding=2, groups=16),
            nn.ReLU(),
            nn.Conv2d(16, 34, kernel_size=3, padding=1),
        )

    def forward(self, x):
        return self.layers(x)
