# Narrows by a 1×1 convolution when it is given more than one image, and by a 3×3 otherwise.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.conv3 = nn.Conv2d(32, 12, kernel_size=3, padding=1)

    def forward(self, x):
        narrow = self.conv3 if len(x) == 1 else self.conv1x1
        return torch.relu(narrow(torch.relu(self.conv1(x))))
