# Makes scales by a linear congruence of large whole numbers, times one parameter.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.gain = nn.Parameter(torch.tensor([2.0]))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        numbers = torch.arange(64 * 32 * 32)
        for _ in range(3):
            numbers = (numbers * 1103515245 + 12345) % 2**31
        return torch.relu(self.conv1x1(x * (self.gain * numbers.view(64, 32, 32) / 2**31)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
