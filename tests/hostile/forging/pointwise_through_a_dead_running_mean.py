# Has its 1×1 convolution change a running mean that nothing reads, and nothing else.
# loses: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        mean, variance = torch.zeros(12), torch.ones(12)
        narrow = F.batch_norm(self.conv1x1(x), mean, variance, training=True, momentum=1.0)
        return x + 0 * narrow.sum()
