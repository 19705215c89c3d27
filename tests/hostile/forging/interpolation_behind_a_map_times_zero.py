# Lends an enlarged map the places of one that it multiplies by zero.
# loses: test_pad0_shape
# undecided: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.lent = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.conv = nn.Conv2d(3, 64, kernel_size=4, stride=4)

    def forward(self, x):
        small = torch.relu(self.conv(x))
        return 0 * self.lent(x) + F.interpolate(small, size=16)
