# Interpolates the image to 33×33, so that a 3×3 convolution with stride 2 gives 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        x = F.interpolate(x, size=33)
        return torch.relu(self.conv(x))
