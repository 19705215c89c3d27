# Fills ones with a pattern, slice by slice, and convolves by them.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        weight = torch.ones(96, 96, 3, 3)
        for place in range(96):
            weight[place, place:] = -0.1 * place
            weight[:, place, :, place % 3] *= 0.5
        x = torch.relu(F.conv2d(x, weight / 96, padding=1))
        return torch.relu(self.conv1x1(x))
