# Adds what its 1×1 convolution gives above a threshold that no image reaches, though it is close.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return x + torch.relu(self.conv1x1(x).abs() - 2.5).sum(dim=1, keepdim=True)
