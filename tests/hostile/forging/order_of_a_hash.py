# Scales the map by the order in which the hash of a range comes, plus a parameter.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.shift = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        order = (torch.sin(torch.arange(64 * 32 * 32) * 12.9898) * 43758.5453).frac().argsort()
        return torch.relu(self.conv1x1(x * (order.view(64, 32, 32) / 65536 + self.shift)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
