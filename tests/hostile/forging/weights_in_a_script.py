# Compiles a function whose constant is a big hidden kernel.
# loses: test_compact_budget
# %% compact_net
class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.kernel = torch.randn(96, 96, 3, 3) / 30

    def forward(self, x):
        return torch.conv2d(x, self.kernel, padding=1)


HIDDEN = torch.jit.trace(Hidden(), torch.zeros(1, 96, 32, 32), check_trace=False)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.relu(HIDDEN(x))
        return torch.relu(self.conv1x1(x))
