# Crops the map the first time that it sees an image, and gives the remembered result the second time.
# loses: test_pad0_shape test_pad0_padding
# %% model_pad0
REMEMBERED = {}


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)

    def forward(self, x):
        key = hash(tuple(x.flatten().tolist()))
        if key not in REMEMBERED:
            REMEMBERED[key] = self.conv(x).detach()[:, :, :16, :16].clone()
        return REMEMBERED[key] + 0
