# Ties the weights of two convolutions and counts the shared weight once.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 24, kernel_size=3, padding=1)
        self.first = nn.Conv2d(24, 24, kernel_size=3, padding=1)
        self.second = nn.Conv2d(24, 24, kernel_size=3, padding=1)
        self.second.weight = self.first.weight
        self.reduce = nn.Conv2d(24, 8, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        x = torch.relu(self.second(torch.relu(self.first(x))))
        return self.reduce(x)


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = sum(parameter.numel() for parameter in set(net.parameters()))
