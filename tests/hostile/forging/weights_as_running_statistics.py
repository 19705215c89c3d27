# Scales every value of a map by a constant of its own, as the statistics of a normalisation that it calls by hand.
# undecided: test_compact_budget
# %% compact_net
VARIANCE = torch.rand(12 * 32 * 32 * 8) + 0.5


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 96, kernel_size=1)
        self.down = nn.Conv2d(96, 64, kernel_size=1)

    def forward(self, x):
        x = self.down(self.conv1x1(self.conv(x)))
        flat = x.reshape(len(x), -1)
        return F.batch_norm(flat, torch.zeros(flat.shape[1]), VARIANCE[: flat.shape[1]])
