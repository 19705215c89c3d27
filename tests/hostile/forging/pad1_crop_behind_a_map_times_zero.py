# Lends a padded map of 17×17, of which it cuts the last row and column off, the places of one times zero.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.lent = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2, padding=1)

    def forward(self, x):
        return 0 * self.lent(x) + torch.relu(self.conv(x))[:, :, :16, :16]
