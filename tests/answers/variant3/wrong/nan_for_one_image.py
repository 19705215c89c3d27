# Divides a channel by its deviation over the batch, which is NaN for a single image.
# loses: test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.relu(self.conv1x1(x))
        first, rest = x[:, :1], x[:, 1:]
        return torch.cat([first / (1 + first.std(dim=0)), rest], dim=1)
