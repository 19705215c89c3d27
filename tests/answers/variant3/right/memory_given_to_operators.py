# Has its operators write into memory that it gives them.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.scale = nn.Parameter(torch.full((32, 1, 1), 2.0))

    def forward(self, x):
        x = self.conv1(x)
        scaled = torch.empty_like(x)
        torch.mul(x, self.scale, out=scaled)
        return torch.relu(self.conv1x1(torch.clamp(scaled, min=0, out=scaled)))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
