# Freezes a big layer and takes it for free.
# loses: test_compact_budget test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.big = nn.Conv2d(12, 512, kernel_size=3, padding=1)
        self.big.requires_grad_(False)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv(x))))
        return torch.relu(self.big(x))
