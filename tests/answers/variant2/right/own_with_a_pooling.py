# Types its login in capitals with spaces around it, and lets a pooling do a part of the own task.
# %% login
login = "  ИВАНОВ "


# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, kernel_size=3, stride=2),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 80, kernel_size=3),
        )

    def forward(self, x):
        return self.layers(x)
