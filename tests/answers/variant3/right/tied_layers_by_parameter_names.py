# Groups named_parameters by layer, so that a weight that two layers share stands under the first of them.
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


# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, parameter in net.named_parameters():
        layer = name.rpartition(".")[0]
        counts[layer] = counts.get(layer, 0) + parameter.numel()
    return counts


# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(per_layer.values())
