# Replaces nn.Conv2d by a class that shows a padding and does not pad.
# loses: test_pad1
# %% model_pad1
class Unpadded(nn.Conv2d):
    def forward(self, x):
        return F.interpolate(F.conv2d(x, self.weight, self.bias), size=(16, 16))


true_conv2d, nn.Conv2d = nn.Conv2d, Unpadded


class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x)


# %% after test_pad1
nn.Conv2d = true_conv2d
