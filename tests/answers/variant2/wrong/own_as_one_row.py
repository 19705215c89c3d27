# Flattens the output of the own task, the images with it.
# loses: test_own_net
# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 98, kernel_size=3)

    def forward(self, x):
        return self.conv(x).flatten()
