# Convolves by each kernel in four directions, turned by right angles.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 32, kernel_size=1)
        self.conv3 = nn.Conv2d(32, 48, kernel_size=3, padding=1)

    def turned(self, weight):
        return torch.cat([torch.rot90(weight, turn, (2, 3)) for turn in range(4)])

    def forward(self, x):
        x = torch.relu(F.conv2d(x, self.turned(self.conv1.weight), padding=1))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(F.conv2d(x, self.turned(self.conv3.weight), padding=1))
