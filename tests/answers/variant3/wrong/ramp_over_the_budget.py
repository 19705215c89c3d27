# Adds a ramp that it keeps in a buffer bigger than the budget.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.register_buffer("ramp", torch.linspace(-1, 1, 64 * 32 * 32).view(64, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x) + self.ramp)
        return torch.relu(self.conv1x1(x))
