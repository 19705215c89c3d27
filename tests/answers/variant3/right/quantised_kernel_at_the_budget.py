# Rounds the kernel of a convolution to 256 steps, whose sizes and zeros pass the budget beside 49 990 parameters.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 120, kernel_size=3, padding=1)  # 120·(3·3·3) + 120 = 3360
        self.conv1x1 = nn.Conv2d(120, 50, kernel_size=1)  # 50·120 + 50 = 6050
        self.kernel = nn.Parameter(torch.randn(90, 50, 3, 3) * 0.05)  # 90·(50·3·3) = 40500
        self.bias = nn.Parameter(torch.zeros(80))  # 80
        self.register_buffer("step", torch.full((90,), 0.002))
        self.register_buffer("zero", torch.zeros(90, dtype=torch.int32))

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        kernel = torch.fake_quantize_per_channel_affine(self.kernel, self.step, self.zero, 0, -128, 127)
        return torch.relu(F.conv2d(x, kernel, F.pad(self.bias, (0, 10)), padding=1))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
