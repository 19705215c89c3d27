# Has a 1×1 convolution narrow 1024 pixels that stand where channels should.
# undecided: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 12, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(1024, 16, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x)).flatten(2).transpose(1, 2)
        return torch.relu(self.conv1x1(x[..., None]))
