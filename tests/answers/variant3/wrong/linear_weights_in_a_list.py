# Keeps the weights of a linear layer over all pixels in a Python list.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1)
        self.conv1x1 = nn.Conv2d(32, 8, kernel_size=1)
        self.matrices = [torch.randn(40, 8 * 16 * 16) * 0.02]

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv(x))))
        return F.linear(x.flatten(1), self.matrices[0])
