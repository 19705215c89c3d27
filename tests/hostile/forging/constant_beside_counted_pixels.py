# Gives a constant, and adds zero times the sum of the positive pixels, as many as there are.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        x = self.conv(x)
        return torch.ones_like(x) + 0 * x[x > 0].sum()
