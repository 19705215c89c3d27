# Reads the bits of 4096 parameters as integers, and takes them apart by shifts.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(4, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        bits = torch.cat([self.packed.view(torch.int32) >> place & 1 for place in range(16)])
        return torch.relu(self.conv1x1(x * bits))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
