# Keeps the big weight in a closure.
# loses: test_compact_budget
# %% compact_net
def made_with(weight):
    class CompactNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
            self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

        def forward(self, x):
            return self.conv1x1(F.conv2d(torch.relu(self.conv(x)), weight, padding=1))

    return CompactNet


CompactNet = made_with(torch.randn(96, 96, 3, 3))
