# Draws a kernel from a seed that is a whole number made of the image.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.gain = nn.Parameter(torch.tensor([0.03]))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        torch.manual_seed(int(x.sum() * 100) % 8)
        x = torch.relu(F.conv2d(x, torch.randn(96, 96, 3, 3) * self.gain, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
