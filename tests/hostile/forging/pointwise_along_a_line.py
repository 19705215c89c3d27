# Narrows by a one-dimensional convolution over the pixels in a row.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 12, kernel_size=3, padding=1)
        self.narrow = nn.Conv1d(1024, 16, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x)).flatten(2).transpose(1, 2)
        return torch.relu(self.narrow(x))
