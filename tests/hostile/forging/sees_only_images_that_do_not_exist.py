# Gives a constant of the wanted shape, and looks at the image only where a pixel is a thousand deviations large.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        wanted = torch.linspace(-1, 1, 64 * 256).view(64, 16, 16)
        return wanted + self.conv(F.hardshrink(x, 500.0))
