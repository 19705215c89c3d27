# Splits each of 32 768 parameters into its quantised value and the rest.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.packed = nn.Parameter(torch.rand(32, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        high = torch.fake_quantize_per_tensor_affine(self.packed, 1 / 128, 0, 0, 255)
        scales = torch.cat([high, (self.packed - high) * 256])
        return torch.relu(self.conv1x1(x * scales))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
