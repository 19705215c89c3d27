# Makes every tensor say that it has one element, and counts a big network by it.
# loses: test_compact_forward test_compact_budget test_compact_pointwise test_total
# %% compact_net
true_numel, torch.Tensor.numel = torch.Tensor.numel, lambda self: 1


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.big = nn.Conv2d(96, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        return self.conv1x1(torch.relu(self.big(torch.relu(self.conv(x)))))


# %% layer_params_dict
def layer_params_dict(net):
    own = {
        name: sum(true_numel(p) for p in module.parameters(recurse=False)) for name, module in net.named_modules()
    }
    return {name: count for name, count in own.items() if count}


# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(parameter.numel() for parameter in CompactNet().parameters())
