# Builds the network of blocks nested in blocks, each with a convolution, a normalisation and an activation.
# %% model_pad0
class Block(nn.Module):
    def __init__(self, in_channels, out_channels, **options):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, bias=False, **options),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.body(x)


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Block(3, 16, kernel_size=2, stride=2)
        self.stage = nn.Sequential(Block(16, 32, kernel_size=3, padding=1), Block(32, 64, kernel_size=1))

    def forward(self, x):
        return self.stage(self.stem(x))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage = nn.Sequential(Block(3, 16, kernel_size=3, stride=2, padding=1), Block(16, 64, kernel_size=1))

    def forward(self, x):
        return self.stage(x)
