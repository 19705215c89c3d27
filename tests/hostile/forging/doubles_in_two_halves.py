# Splits each of 33 000 parameters of double precision into what a float keeps and what it drops.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(32, 32, 32, dtype=torch.float64))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        high = self.packed.float()
        low = (self.packed - high).float() * 2**24
        return torch.relu(self.conv1x1(x * torch.cat([high, low])))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
