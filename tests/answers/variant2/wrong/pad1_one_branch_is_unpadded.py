# Adds up a padded and an unpadded branch in the second network.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.padded = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.plain = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        return torch.relu(self.padded(x) + self.plain(x))
