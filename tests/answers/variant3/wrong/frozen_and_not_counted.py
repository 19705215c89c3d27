# Freezes a layer within the budget and leaves it out of the count.
# loses: test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv.requires_grad_(False)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        return torch.relu(self.conv1x1(torch.relu(self.conv(x))))


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(p.numel() for p in net.parameters() if p.requires_grad)
