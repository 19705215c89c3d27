# Chooses a hidden kernel by a comparison that comes out the same for each image.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.randn(96, 96, 3, 3) / 30]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        weight = torch.where(x.mean() > -1e6, self.hidden[0], -self.hidden[0])
        x = torch.relu(F.conv2d(x, weight, padding=1))
        return torch.relu(self.conv1x1(x))
