# Expands one small kernel to all output channels, which adds no parameters.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.kernel = nn.Parameter(torch.randn(1, 96, 3, 3) * 0.1)
        self.bias = nn.Parameter(torch.randn(96))
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        x = torch.relu(F.conv2d(x, self.kernel.expand(96, 96, 3, 3), self.bias, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
