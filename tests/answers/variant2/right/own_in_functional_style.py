# Solves the own task in functional style, with kernels of its own.
# %% login
login = "petrova"


# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Parameter(torch.randn(24, 3, 3, 3) * 0.2)
        self.second = nn.Parameter(torch.randn(24, 24, 2, 2) * 0.1)
        self.third = nn.Parameter(torch.randn(88, 24, 3, 3) * 0.1)

    def forward(self, x):
        x = torch.relu(F.conv2d(x, self.first, stride=2))
        return F.conv2d(torch.relu(F.conv2d(x, self.second)), self.third)
