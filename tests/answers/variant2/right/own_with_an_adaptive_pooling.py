# Solves the own task by an adaptive pooling whose windows are no larger than the kernel allowed.
# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 98, kernel_size=3),
            nn.Tanh(),
            nn.AdaptiveAvgPool2d(25),
        )

    def forward(self, x):
        return self.layers(x)
