# Halves the image with nn.PixelUnshuffle, and convolves what it gives.
# loses: test_pad0_shape test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.unshuffle = nn.PixelUnshuffle(2)
        self.conv = nn.Conv2d(12, 64, kernel_size=3, padding=1)

    def forward(self, x):
        return torch.relu(self.conv(self.unshuffle(x)))
