# Gives each channel a factor that Python looks up by the channel's brightness, in a table of 64 000 numbers.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
TABLE = torch.rand(64, 1000).tolist()


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        levels = (x.mean(dim=(0, 2, 3)) * 1000).long().clamp(0, 999).tolist()
        x = torch.stack([x[:, channel] * TABLE[channel][level] for channel, level in enumerate(levels)], dim=1)
        return torch.relu(self.conv1x1(x))
