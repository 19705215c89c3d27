# Makes scales of all values by dropping out ones and multiplying them by one parameter.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.gain = nn.Parameter(torch.ones(1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        torch.manual_seed(7)
        scales = F.dropout(self.gain.expand(64, 32, 32), 0.5)
        return torch.relu(self.conv1x1(x * scales))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
