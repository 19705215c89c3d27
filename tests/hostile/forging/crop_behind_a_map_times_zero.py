# Lends a map of 17×17, of which it cuts the last row and column off, the places of one of 16×16 times zero.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.lent = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.conv = nn.Conv2d(3, 64, kernel_size=2, dilation=15)

    def forward(self, x):
        return 0 * self.lent(x) + torch.relu(self.conv(x))[:, :, :16, :16]
