# Makes a kernel of two parameters, each along a direction of its own that it makes by hashing a range.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.along = nn.Parameter(torch.randn(2) * 0.03)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        hashed = (torch.sin(torch.arange(96 * 96 * 9 * 2) * 12.9898) * 43758.5453) % 1 - 0.5
        kernel = hashed.view(-1, 2) @ self.along
        x = torch.relu(F.conv2d(x, kernel.view(96, 96, 3, 3), padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
