# Draws choices by weights that its 1×1 convolution gives, and multiplies them by zero.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        weights = 3 + self.conv1x1(x).mean(dim=(2, 3))
        return x + 0 * torch.multinomial(weights, 1).sum()
