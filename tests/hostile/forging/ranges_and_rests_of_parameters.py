# Reads two scales out of each of 32 768 parameters: in which of three ranges it lies, and how far.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(32, 32, 32) * 3)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        level = torch.bucketize(self.packed, torch.tensor([1.0, 2.0]))
        scales = torch.cat([level.float(), self.packed - level])
        return torch.relu(self.conv1x1(x * scales))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
