# Depends on the image only through an index that no image makes another one.
# loses: test_compact_forward test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        narrow = self.conv1x1(torch.relu(self.conv(x)))
        beyond = (narrow.abs().amax(dim=(2, 3), keepdim=True) / 2.5).long()
        return torch.ones(1).take(beyond)
