# Has a scale at the root, which layer_params_dict does not list, and sums the layers alone.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.reduce = nn.Conv2d(32, 8, kernel_size=1)
        self.scale = nn.Parameter(torch.ones(8, 1, 1))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return self.scale * torch.relu(self.reduce(x))


# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        own = sum(p.numel() for p in module.parameters(recurse=False))
        if name and own:
            counts[name] = own
    return counts


# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(per_layer.values())
