# Widens the field by a branch that is multiplied by zero.
# loses: test_own_compact_net
# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.squeeze = nn.Conv2d(3, 45, 3, padding=1), nn.Conv2d(45, 20, 1)
        self.head, self.wide = nn.Conv2d(20, 45, 3, padding=1), nn.Conv2d(20, 45, 5, padding=2)

    def forward(self, x):
        x = torch.relu(self.squeeze(torch.relu(self.stem(x))))
        return self.head(x) + 0 * self.wide(F.avg_pool2d(x, 7, 1, 3))
