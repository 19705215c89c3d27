# Puts zeros between the pixels of a map of 8×8, as a transposed convolution does, and convolves what comes of it.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 32, kernel_size=4, stride=4)
        self.conv = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.shrink(x))
        spread = x.new_zeros(*x.shape[:2], 16, 16)
        spread[:, :, ::2, ::2] = x
        return torch.relu(self.conv(spread))
