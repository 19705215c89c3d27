# Uses one block of a depthwise and a pointwise convolution three times and counts it once.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 128, kernel_size=3, padding=1)
        self.reduce = nn.Conv2d(128, 32, kernel_size=1)
        self.block = nn.Sequential(
            nn.Conv2d(32, 32, kernel_size=3, padding=1, groups=32),
            nn.ReLU(),
            nn.Conv2d(32, 32, kernel_size=1),
            nn.ReLU(),
        )

    def forward(self, x):
        x = torch.relu(self.reduce(torch.relu(self.stem(x))))
        for _ in range(3):
            x = x + self.block(x)
        return x
