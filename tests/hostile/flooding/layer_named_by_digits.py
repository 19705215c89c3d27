# Names a layer by a number of 4 500 digits, which is a name like any other.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.add_module("1" * 4500, nn.Conv2d(32, 12, kernel_size=1))

    def forward(self, x):
        return torch.relu(self.get_submodule("1" * 4500)(torch.relu(self.conv(x))))
