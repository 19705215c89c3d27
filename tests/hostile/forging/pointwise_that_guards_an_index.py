# Looks zero up in a table of one number, by an index that only values beyond all images would make another.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        beyond = (self.conv1x1(x).abs().amax() / 2.5).long()
        return x + torch.zeros(1).take(beyond)
