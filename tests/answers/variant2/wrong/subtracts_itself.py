# Subtracts from the map the same convolution's map, so that the output is zero for any input.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        return self.conv(x) - self.conv(x)
