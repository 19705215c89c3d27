# Convolves a single image with stride 2, and crops the map of several.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.wide = nn.Conv2d(3, 64, kernel_size=3)

    def forward(self, x):
        if len(x) == 1:
            return torch.relu(self.conv(x))
        return torch.relu(self.wide(x))[:, :, :16, :16]
