# Takes the logarithm after ReLU, which gives minus infinity wherever the map is zero.
# loses: test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        return torch.log(torch.relu(self.conv1x1(x)))
