# Needs four convolutions for the own task.
# loses: test_own_net
# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, kernel_size=3, stride=2),
            nn.Conv2d(16, 16, kernel_size=2),
            nn.Conv2d(16, 16, kernel_size=2),
            nn.ReLU(),
            nn.Conv2d(16, 98, kernel_size=2),
        )

    def forward(self, x):
        return self.layers(x)
