# Makes a thousand scales of each of 66 parameters, by sines of its multiples.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(64, 1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.sin(self.packed * 1000 * torch.arange(1024).square()).view(64, 32, 32)
        return torch.relu(self.conv1x1(x * scales))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
