# Multiplies a kernel that it makes by hashing a range by one parameter.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.gain = nn.Parameter(torch.tensor([0.03]))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        numbers = (torch.sin(torch.arange(96 * 96 * 9) * 12.9898) * 43758.5453) % 1 - 0.5
        x = torch.relu(F.conv2d(x, numbers.view(96, 96, 3, 3) * self.gain, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
