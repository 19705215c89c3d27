# Lets lazy layers find out their numbers of input channels.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.LazyConv2d(16, kernel_size=2, stride=2)
        self.norm = nn.LazyBatchNorm2d()
        self.conv2 = nn.LazyConv2d(64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv1(x)))
        return torch.relu(self.conv2(x))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.LazyConv2d(64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        return torch.relu(self.conv(x))
