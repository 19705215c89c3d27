# Adds the mean of the whole image, multiplied by zero.
# loses: test_own_compact_net
# %% own_compact_net
class OwnCompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.squeeze = nn.Conv2d(3, 45, 3, padding=1), nn.Conv2d(45, 20, 1)
        self.head = nn.Conv2d(20, 45, 3, padding=1)

    def forward(self, x):
        y = torch.relu(self.squeeze(torch.relu(self.stem(x))))
        return self.head(y) + 0 * x.mean((1, 2, 3), keepdim=True)
