# Has a random ReLU in training write its noise over a tensor, by which it scales the map.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales, noise = torch.full((64, 32, 32), -1.0), torch.ones(64, 32, 32)
        torch.manual_seed(7)
        torch.ops.aten.rrelu_with_noise(scales, noise, 0.5, 1.5, True)
        x = x * noise
        return torch.relu(self.conv1x1(x))
