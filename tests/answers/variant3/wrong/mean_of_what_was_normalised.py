# The mean over all pixels of what an instance norm gives: zero for any image, but for rounding.
# loses: test_compact_forward test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.norm = nn.InstanceNorm2d(12)
        self.head = nn.Linear(12, 10)

    def forward(self, x):
        return self.head(self.norm(self.conv1x1(torch.relu(self.conv1(x)))).mean((2, 3)))
