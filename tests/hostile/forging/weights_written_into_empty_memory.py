# Makes the big weight in forward by an operator that writes into empty memory given to it.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        weight = torch.zeros(96 * 96 * 9)
        torch.linspace(-0.01, 0.01, 96 * 96 * 9, out=weight)
        return self.conv1x1(F.conv2d(torch.relu(self.conv(x)), weight.view(96, 96, 3, 3), padding=1))
