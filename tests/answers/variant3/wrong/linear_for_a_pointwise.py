# Reduces the channels with nn.Linear on the permuted map instead of a 1×1 convolution.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.linear = nn.Linear(32, 12)
        self.conv3 = nn.Conv2d(12, 32, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.linear(x.permute(0, 2, 3, 1))).permute(0, 3, 1, 2)
        return torch.relu(self.conv3(x))
