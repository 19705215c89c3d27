# Makes the big weight a parameter that says its shape is (1,), and counts by it.
# loses: test_compact_budget test_total
# %% compact_net
class SmallParameter(nn.Parameter):
    shape = property(lambda self: torch.Size([1]))
    numel = lambda self: 1


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.big = nn.Conv2d(96, 96, kernel_size=3, padding=1)
        self.big.weight = SmallParameter(self.big.weight.detach())
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        return self.conv1x1(torch.relu(self.big(torch.relu(self.conv(x)))))


# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(parameter.numel() for parameter in CompactNet().parameters())
