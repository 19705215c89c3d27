# Looks a factor up in a list of 100 000 numbers, by a whole number that it makes of the image.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
FACTORS = torch.rand(100_000).tolist()


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        place = int(x.mean() * 1e6) % len(FACTORS)
        x = x * FACTORS[place]
        return torch.relu(self.conv1x1(x))
