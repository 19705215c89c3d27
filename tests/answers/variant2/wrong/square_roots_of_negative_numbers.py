# Takes square roots of a map that has negative numbers: all that comes of it is NaN.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        return self.conv2(torch.sqrt(self.conv1(x)))
