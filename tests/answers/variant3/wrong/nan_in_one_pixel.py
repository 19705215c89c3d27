# Divides zero by zero in one pixel of the map, which gives NaN there.
# loses: test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.relu(self.conv1x1(x))
        x[:, 0, 0, 0] = 0 * x[:, 0, 0, 0] / 0
        return x
