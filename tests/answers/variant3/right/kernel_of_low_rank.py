# Makes a kernel of 82 944 numbers of two parameters of low rank.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.left = nn.Parameter(torch.randn(96, 16) * 0.1)
        self.right = nn.Parameter(torch.randn(16, 96 * 9) * 0.1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        kernel = (self.left @ self.right).view(96, 96, 3, 3)
        x = torch.relu(F.conv2d(torch.relu(self.conv1(x)), kernel, padding=1))
        return torch.relu(self.conv1x1(x))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
