# Multiplies by hidden weights through a sum of logarithms.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.hidden = [torch.rand(64, 32, 32) + 0.5]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.exp(torch.log(x + 1e-6) + self.hidden[0].log())
        return torch.relu(self.conv1x1(x))
