# Interpolates to the size of the own task.
# loses: test_own_net
# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 98, kernel_size=3, stride=2),
            nn.Upsample(size=25),
        )

    def forward(self, x):
        return self.layers(x)
