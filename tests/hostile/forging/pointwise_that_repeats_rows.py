# Repeats zeros as often as its 1×1 convolution says, and adds their sum.
# undecided: test_compact_forward test_compact_budget test_compact_pointwise test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        often = self.conv1x1(x).mean(dim=(0, 2, 3)).abs().mul(100).long()
        return x + torch.zeros(12).repeat_interleave(often).sum()
