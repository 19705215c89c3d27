# Writes the batch size 1 into the last reshape.
# loses: test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv(x))))
        return x.reshape(1, 12, 32, 32)
