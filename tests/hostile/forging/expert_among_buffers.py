# Lets the image choose among eight registered kernels in Python, of which a run reads one.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        for number in range(8):
            self.register_buffer(f"expert{number}", torch.randn(64, 64, 3, 3) / 24)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        chosen = int(x.mean() * 1e5) % 8
        x = torch.relu(F.conv2d(x, getattr(self, f"expert{chosen}"), padding=1))
        return torch.relu(self.conv1x1(x))
