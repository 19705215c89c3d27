# Shuffles the channels between grouped pointwise convolutions.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.reduce = nn.Conv2d(64, 16, kernel_size=1, groups=4)
        self.depthwise = nn.Conv2d(16, 16, kernel_size=3, padding=1, groups=16)
        self.expand = nn.Conv2d(16, 64, kernel_size=1, groups=4)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        y = F.channel_shuffle(torch.relu(self.reduce(x)), 4)
        return torch.relu(x + self.expand(self.depthwise(y)))
