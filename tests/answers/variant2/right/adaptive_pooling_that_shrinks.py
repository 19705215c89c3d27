# Lets an adaptive pooling shrink the 30×30 map of an unpadded 3×3 convolution to 16×16.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3)
        self.pool = nn.AdaptiveAvgPool2d((16, 16))

    def forward(self, x):
        return self.pool(torch.relu(self.conv(x)))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)

    def forward(self, x):
        return F.adaptive_max_pool2d(torch.relu(self.conv(x)), 16)
