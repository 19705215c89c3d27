# Has an activation in training write into memory where a map lay before, so that a padded convolution seems to matter.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=8, stride=2, padding=3)
        self.border = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        noise = self.border(x)
        torch.ops.aten.rrelu_with_noise(torch.ones_like(x), noise, 0.5, 1.5, True)
        return x * noise
