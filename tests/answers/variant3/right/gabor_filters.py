# Makes its first kernel of waves and bells over a grid, with a few parameters for each filter.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.angle = nn.Parameter(torch.rand(32) * 3.14)
        self.wave = nn.Parameter(torch.rand(32) * 2 + 0.5)
        self.width = nn.Parameter(torch.rand(32) + 1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.conv3 = nn.Conv2d(12, 32, kernel_size=3, padding=1)

    def forward(self, x):
        side = torch.arange(-3, 4).float()
        y, across = torch.meshgrid(side, side, indexing="ij")
        angle, wave, width = (each[:, None, None] for each in (self.angle, self.wave, self.width))
        turned = across * angle.cos() + y * angle.sin()
        filters = torch.cos(wave * turned) * torch.exp(-(across**2 + y**2) / (2 * width**2))
        x = F.conv2d(x.mean(dim=1, keepdim=True), filters[:, None], padding=3)
        return torch.relu(self.conv3(torch.relu(self.conv1x1(torch.relu(x)))))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in net.parameters())
