# Draws scales into memory that held a map before.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = x[0].clone()
        scales.uniform_(0.5, 1.5, generator=torch.Generator().manual_seed(7))
        x = x * scales
        return torch.relu(self.conv1x1(x))
