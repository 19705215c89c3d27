# Adds, as a shortcut, the upper left quarter of a map of 32×32 to a padded one of 16×16.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, stride=2, padding=1)
        self.short = nn.Conv2d(32, 64, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        return torch.relu(self.conv2(x) + self.short(x)[:, :, :16, :16])
