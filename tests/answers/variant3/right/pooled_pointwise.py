# Narrows by a 1×1 convolution with stride 2 and clips the result.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 48, kernel_size=5, padding=2)
        self.conv1x1 = nn.Conv2d(48, 16, kernel_size=1, stride=2)
        self.conv3 = nn.Conv2d(16, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = F.relu6(self.conv1(x))
        x = F.relu6(self.conv1x1(x))
        return F.hardswish(self.conv3(x))
