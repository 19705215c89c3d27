# Keeps a palette of sixteen weights, and two numbers of colours in each byte for every weight of a kernel.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.register_buffer("codes", torch.randint(0, 256, (48, 96, 3, 3), dtype=torch.uint8))
        self.palette = nn.Parameter(torch.randn(16) / 30)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        kernel = self.palette[torch.cat([self.codes & 15, self.codes >> 4]).long()]
        x = torch.relu(F.conv2d(x, kernel, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
