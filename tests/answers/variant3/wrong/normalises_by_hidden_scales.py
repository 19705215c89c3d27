# Gives a layer normalisation hidden scales and shifts for every value of the map.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.scale, self.shift = [torch.rand(64, 32, 32)], [torch.rand(64, 32, 32)]

    def forward(self, x):
        x = F.layer_norm(self.conv(x), (64, 32, 32), self.scale[0], self.shift[0])
        return self.conv1x1(torch.relu(x))
