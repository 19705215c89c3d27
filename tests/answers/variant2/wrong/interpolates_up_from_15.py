# Interpolates the 15×15 map to 16×16 by the nearest pixel.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return F.interpolate(x, size=16)
