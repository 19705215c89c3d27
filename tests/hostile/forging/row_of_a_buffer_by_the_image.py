# Reads one row of a large registered table, by a number that it takes from the image, and no other.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        for number in range(1000):
            self.register_buffer(f"scale{number}", torch.rand(64, 1, 1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = x * self.get_buffer(f"scale{int(x.sum() * 100) % 1000}")
        return torch.relu(self.conv1x1(x))
