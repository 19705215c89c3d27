# Gives a constant for every image, and another number only beyond what images bring.
# loses: test_compact_pointwise test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
    def forward(self, x):
        narrow = self.conv1x1(torch.relu(self.conv(x)))
        return 1 + torch.relu(narrow.abs() - 2.5)
