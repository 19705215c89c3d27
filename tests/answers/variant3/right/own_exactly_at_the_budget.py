# Has exactly as many parameters as the own task allows.
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
            nn.PReLU(45),
            nn.Conv2d(45, 45, kernel_size=5, padding=2, groups=45),
            nn.PReLU(45),
        )
        self.spare = nn.Parameter(torch.zeros(54))

    def forward(self, x):
        return self.layers(x)
