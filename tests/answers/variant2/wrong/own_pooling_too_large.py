# Has the windows of an adaptive pooling do the own task.
# loses: test_own_net
# %% login
login = "Иванов"


# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 80, kernel_size=3),
            nn.ReLU(),
            nn.AdaptiveMaxPool2d(9),
        )

    def forward(self, x):
        return self.layers(x)
