# Reads 82 944 kernel weights out of sixteen parameters, by numbers of places that it keeps in a buffer.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.few = nn.Parameter(torch.randn(16) * 0.03)
        self.register_buffer("order", torch.randint(0, 16, (96, 96, 3, 3)).byte())

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.relu(F.conv2d(x, self.few[self.order.int()], padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
