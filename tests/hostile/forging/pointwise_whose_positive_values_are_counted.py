# Multiplies the positive values of its 1×1 convolution, as many as there are, by zero.
# undecided: test_compact_forward test_compact_budget test_compact_pointwise test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        narrow = self.conv1x1(x)
        return x + 0 * narrow[narrow > 0].sum()
