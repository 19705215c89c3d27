# Takes a learned temperature out of its parameter as a Python number.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.norm = nn.BatchNorm2d(12)
        self.register_buffer("slope", torch.tensor(0.1))

    def forward(self, x):
        x = F.leaky_relu(self.conv1(x), self.slope.item())
        x = self.norm(self.conv1x1(x))
        return x / (1 + abs(float(self.norm.weight.mean())))
