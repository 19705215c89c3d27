# Keeps a matrix as the running variance of a normalisation of ones, and multiplies by what comes out.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.variance = [torch.rand(96 * 96 * 9) + 0.5]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        ones = torch.ones(1, 96 * 96 * 9)
        weight = F.batch_norm(ones, torch.zeros(96 * 96 * 9), self.variance[0]).view(96, 96, 3, 3)
        x = torch.relu(F.conv2d(x, weight / 96, padding=1))
        return torch.relu(self.conv1x1(x))
