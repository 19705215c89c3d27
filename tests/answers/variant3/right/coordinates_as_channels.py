# Concatenates the coordinates of the pixels to the image as two more channels.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(5, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        n, _, h, w = x.shape
        row = torch.linspace(-1, 1, h).view(1, 1, h, 1).expand(n, 1, h, w)
        column = torch.linspace(-1, 1, w).view(1, 1, 1, w).expand(n, 1, h, w)
        x = torch.relu(self.conv(torch.cat([x, row, column], dim=1)))
        return torch.relu(self.conv1x1(x))
