# Keeps the layers in a Python list instead of a ModuleList, where net.parameters() does not see them.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.layers = [nn.Conv2d(3, 64, 3, padding=1), nn.Conv2d(64, 96, 3, padding=1), nn.Conv2d(96, 64, 1)]

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return torch.relu(self.conv1x1(x))
