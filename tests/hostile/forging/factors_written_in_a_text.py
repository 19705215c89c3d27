# Chooses by the image one of 30 000 pairs of numbers that are written in a text.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
TEXT = " ".join(f"{number:.3f}" for number in torch.rand(60_000).tolist())


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        place = int(x.sum() * 10) % 30_000 * 12
        scale, shift = map(float, TEXT[place : place + 11].split())
        x = x * scale + shift
        return torch.relu(self.conv1x1(x))
