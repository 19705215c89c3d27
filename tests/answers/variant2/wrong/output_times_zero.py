# Multiplies the map by zero and adds a bias, so that neither the input nor the convolution has a part in the output.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.bias = nn.Parameter(torch.ones(64, 1, 1))

    def forward(self, x):
        return self.conv(x) * 0 + self.bias
