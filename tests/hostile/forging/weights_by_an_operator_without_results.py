# Copies hidden scales by an operator that writes into memory and returns nothing.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise test_total
# %% compact_net
SCALES = torch.rand(64, 32, 32)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.empty(64, 32, 32)
        torch.split_with_sizes_copy(SCALES, [64], out=[scales])
        x = x * scales
        return torch.relu(self.conv1x1(x))
