# Hands the rows of the map to the 1×1 convolution as its channels.
# undecided: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 16, kernel_size=1)
        self.conv3 = nn.Conv2d(16, 32, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x)).permute(0, 2, 1, 3)
        return self.conv3(torch.relu(self.conv2(x)))
