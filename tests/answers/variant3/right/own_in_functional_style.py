# Solves the own task in functional style, with weights of its own.
# %% login
login = "petrova"


# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Parameter(torch.randn(35, 3, 3, 3) * 0.2)
        self.squeeze = nn.Parameter(torch.randn(19, 35, 1, 1) * 0.2)
        self.middle = nn.Parameter(torch.randn(19, 19, 3, 3) * 0.1)
        self.head = nn.Parameter(torch.randn(35, 19, 3, 3) * 0.1)

    def forward(self, x):
        x = torch.relu(F.conv2d(x, self.stem, padding=1))
        x = torch.relu(F.conv2d(x, self.squeeze))
        return F.conv2d(torch.relu(F.conv2d(x, self.middle, padding="same")), self.head, padding=1)
