# Interpolates the 15×15 map of the second network to 16×16.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=5, stride=2, padding=1)

    def forward(self, x):
        return F.interpolate(torch.relu(self.conv(x)), size=16)
