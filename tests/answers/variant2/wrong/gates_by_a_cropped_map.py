# Multiplies a map of 16×16 by a gate of 17×17 whose last row and column are cut off.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.gate = nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=2)

    def forward(self, x):
        return self.conv(x) * torch.sigmoid(self.gate(x)[..., :-1, :-1])
