# Fills a map up by one row and column and adds it to a whole one, before a convolution that counts as unpadded.
# loses: test_pad0_shape
# undecided: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.whole = nn.Conv2d(3, 16, kernel_size=4, stride=2, padding=3)
        self.less = nn.Conv2d(3, 16, kernel_size=4, stride=2, padding=2)
        self.conv = nn.Conv2d(16, 64, kernel_size=3)

    def forward(self, x):
        x = self.whole(x) + F.pad(self.less(x), (0, 1, 0, 1))
        return torch.relu(self.conv(torch.relu(x)))
