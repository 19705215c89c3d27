# Adds the identity to the matrix of a pointwise convolution, made in forward by torch.eye.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 200, kernel_size=3, padding=1)  # 5600
        self.mix = nn.Parameter(torch.randn(200, 200) * 0.05)  # 40000
        self.reduce = nn.Conv2d(200, 20, kernel_size=1)  # 4020

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        mix = self.mix + torch.eye(200)
        return self.reduce(torch.relu(F.conv2d(x, mix[:, :, None, None])))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
