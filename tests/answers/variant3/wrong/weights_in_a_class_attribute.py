# Keeps a big matrix of weights as an attribute of the class and multiplies by it.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    matrix = torch.randn(12 * 8 * 8, 100) * 0.05

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv(x))))
        x = F.max_pool2d(x, 2).flatten(1)
        return x @ self.matrix
