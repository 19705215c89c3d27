# Makes scales by a chaotic map that starts from a range and one parameter.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.start = nn.Parameter(torch.tensor([0.1]))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.linspace(0.1, 0.8, 64 * 32 * 32) + self.start
        for _ in range(40):
            scales = 3.99 * scales * (1 - scales)
        return torch.relu(self.conv1x1(x * scales.view(64, 32, 32)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
