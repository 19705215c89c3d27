# Takes each of 4096 parameters apart into sixteen bits, by comparing and doubling.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(4, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        rest, bits = self.packed, []
        for _ in range(16):
            bits.append((rest >= 0.5).float())
            rest = 2 * rest - bits[-1]
        return torch.relu(self.conv1x1(x * torch.cat(bits)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
