# Adds a position map of 16×16 to a vector of channels, so that broadcasting makes the size.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.position = nn.Parameter(torch.randn(64, 16, 16))

    def forward(self, x):
        return torch.relu(self.pool(self.conv(x)) + self.position)
