# Uses lazy layers and runs the network once before counting.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.LazyConv2d(32, kernel_size=3, padding=1)
        self.conv1x1 = nn.LazyConv2d(12, kernel_size=1)

    def forward(self, x):
        return torch.relu(self.conv1x1(torch.relu(self.conv(x))))


# %% total
net = CompactNet()
net(x)
per_layer = layer_params_dict(net)
total = sum(per_layer.values())
