# Keeps scales of all values as running variance, which a convolution of many channels and no effect seems to need.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.norm = nn.BatchNorm1d(64 * 32 * 32, affine=False)
        self.norm.running_var = torch.rand(64 * 32 * 32) + 0.5
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        F.conv2d(x[:, :, :1, :1], torch.zeros(40_000, 3, 1, 1))
        x = torch.relu(self.conv(x))
        x = self.norm(x.flatten(1)).view(x.shape)
        return torch.relu(self.conv1x1(x))
