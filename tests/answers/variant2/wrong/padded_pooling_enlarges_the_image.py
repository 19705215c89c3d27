# Enlarges the image to 33×33 with a pooling that pads, so that a 3×3 convolution with stride 2 fits.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2, stride=1, padding=1)
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        return torch.relu(self.conv(self.pool(x)))
