# Pads in the own task by F.pad.
# loses: test_own_net
# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 16, 3, stride=2), nn.Conv2d(16, 16, 3)
        self.third = nn.Conv2d(16, 98, 3)

    def forward(self, x):
        x = torch.relu(self.first(F.pad(x, (1, 1, 1, 1))))
        return self.third(torch.relu(self.second(x)))
