# Weighs the channels of the own task by their means, and throws a large pooling away.
# %% login
login = "Иванов"


# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, kernel_size=3, stride=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 80, kernel_size=3),
        )

    def forward(self, x):
        F.max_pool2d(x, 5, stride=1, padding=2)
        y = self.layers(x)
        return y * torch.sigmoid(y.mean((2, 3), keepdim=True))
