# Raises the map to a power that Python finds by comparing the image with 60 000 thresholds.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
import bisect

THRESHOLDS = torch.rand(60_000).sort().values.tolist()


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = x ** (0.5 + bisect.bisect(THRESHOLDS, x.mean().item()) / 60_000)
        return torch.relu(self.conv1x1(x))
