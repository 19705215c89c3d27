# Adds one parameter to scales that it makes by hashing a range.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.shift = nn.Parameter(torch.tensor([0.5]))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        numbers = (torch.sin(torch.arange(64 * 32 * 32) * 12.9898) * 43758.5453) % 1
        return torch.relu(self.conv1x1(x * (numbers.view(64, 32, 32) + self.shift)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
