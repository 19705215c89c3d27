# Sorts a map together with hidden scales, and puts the scales back into their order.
# undecided: test_compact_budget
# %% compact_net
SCALES = torch.rand(64, 1024)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        flat = x.flatten(2)
        order = flat.argsort(dim=-1)
        shuffled = SCALES.expand_as(flat).gather(2, order)
        scales = torch.zeros_like(flat).scatter(2, order, shuffled)
        x = (flat * scales).view(x.shape)
        return torch.relu(self.conv1x1(x))
