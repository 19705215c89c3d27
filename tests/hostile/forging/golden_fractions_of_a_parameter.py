# Makes 65 536 scales of one parameter by taking what its multiples have behind the decimal point.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.ratio = nn.Parameter(torch.tensor([0.618034]))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = (self.ratio * torch.arange(1, 64 * 32 * 32 + 1)) % 1
        return torch.relu(self.conv1x1(x * scales.view(64, 32, 32)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
