# Adds shifted maps to a whole one times zero, so that a fourth convolution of shifts may pass as one map.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.weights = nn.Parameter(torch.randn(3, 64, 1, 1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        shifted = [x, F.pad(x, (1, 0))[..., :-1], F.pad(x, (0, 1))[..., 1:]]
        return 0 * x + sum(map(torch.mul, shifted, self.weights))
