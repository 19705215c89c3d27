# Has one parameter more than the own task allows.
# loses: test_own_compact_net
# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 45, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(45, 33, kernel_size=1),
            nn.ReLU(),
            nn.Conv2d(33, 33, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(33, 33, kernel_size=3, padding=2, dilation=2),
            nn.ReLU(),
            nn.Conv2d(33, 45, kernel_size=3, padding=1),
        )
        self.spare = nn.Parameter(torch.zeros(1315))

    def forward(self, x):
        return self.layers(x)
