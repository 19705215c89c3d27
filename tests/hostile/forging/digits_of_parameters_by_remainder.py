# Reads each of 16 384 parameters as four digits to the base of 32, by remainders.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(16, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.cat([(self.packed * 32**place).frac() for place in range(4)])
        return torch.relu(self.conv1x1(x * scales))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
