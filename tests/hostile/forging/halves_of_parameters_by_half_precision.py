# Splits each of 41 472 kernel weights into what half precision keeps and what it drops.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.randn(48, 96, 3, 3))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        high = self.packed.bfloat16().float()
        kernel = torch.cat([high, (self.packed - high) * 256]) / 30
        x = torch.relu(F.conv2d(x, kernel, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
