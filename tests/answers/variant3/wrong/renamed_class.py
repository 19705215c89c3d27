# Renames the class, and counts the renamed one's parameters, where the test finds no CompactNet.
# loses: test_compact_budget test_compact_pointwise test_compact_forward test_total
# %% compact_net
class CompactNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        return torch.relu(self.conv1x1(torch.relu(self.conv(x))))


# %% total
per_layer = layer_params_dict(CompactNetwork())
total = sum(per_layer.values())
