# Passes the map through a ReLU whose slopes are random in training and fixed in use.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.slope = nn.RReLU()
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        return self.slope(self.conv1x1(self.slope(self.conv1(x))))
