# Writes the batch size of the given x into the network, so that it fails for any other.
# loses: test_compact_budget test_compact_pointwise test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x.view(8, 3, 32, 32)))
        return torch.relu(self.conv1x1(x))
