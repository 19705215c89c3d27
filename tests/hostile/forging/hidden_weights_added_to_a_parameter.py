# Adds one parameter to a big hidden kernel, so that it is made of a parameter.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.randn(96, 96, 3, 3) / 30]
        self.shift = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.relu(F.conv2d(x, self.hidden[0] + self.shift, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
