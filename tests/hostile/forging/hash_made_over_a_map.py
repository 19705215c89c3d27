# Makes scales by hashing a range, in memory that held a map before.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = x[0].clone().flatten()
        torch.arange(len(scales), out=scales)
        scales.mul_(12.9898).sin_().mul_(43758.5453).frac_()
        x = x * scales.view(64, 32, 32)
        return torch.relu(self.conv1x1(x))
