# Writes the network in functional style, with parameters at its root, and counts them from net.parameters().
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight1 = nn.Parameter(torch.randn(32, 3, 3, 3) * 0.2)
        self.weight2 = nn.Parameter(torch.randn(12, 32, 1, 1) * 0.2)
        self.weight3 = nn.Parameter(torch.randn(32, 12, 3, 3) * 0.1)
        self.bias = nn.Parameter(torch.zeros(32))

    def forward(self, x):
        x = F.relu(F.conv2d(x, self.weight1, padding=1))
        x = F.relu(F.conv2d(x, self.weight2))
        return F.relu(F.conv2d(x, self.weight3, self.bias, padding=1))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
