# Adds a map of 15×15, filled up by a row and a column of zeros, to one of 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.fine = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.coarse = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        return torch.relu(self.fine(x) + F.pad(self.coarse(x), (0, 1, 0, 1)))
