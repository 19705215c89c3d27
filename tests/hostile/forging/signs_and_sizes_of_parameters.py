# Uses the sign of each of 32 768 parameters as one weight, and its size as another.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.randn(32, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return torch.relu(self.conv1x1(x * torch.cat([self.packed.sign(), self.packed.abs()])))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
