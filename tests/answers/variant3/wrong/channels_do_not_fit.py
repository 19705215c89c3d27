# Gives the 1×1 convolution another number of input channels than the map has.
# loses: test_compact_budget test_compact_pointwise test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(16, 12, kernel_size=1)

    def forward(self, x):
        return torch.relu(self.conv1x1(torch.relu(self.conv(x))))
