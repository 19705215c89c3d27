# Uses one parameter more than the budget, 50 001.
# loses: test_compact_budget test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 56, kernel_size=3, padding=1)  # 56·(3·3·3) + 56 = 1568
        self.conv1x1 = nn.Conv2d(56, 25, kernel_size=1)  # 25·56 + 25 = 1425
        self.conv3 = nn.Conv2d(25, 208, kernel_size=3, padding=1)  # 208·(25·3·3) + 208 = 47008

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.conv3(x))
