# Reduces the channels by F.conv2d with a 1×1 kernel that is cut from a parameter.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.mix = nn.Parameter(torch.randn(12, 32) * 0.2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return torch.relu(F.conv2d(x, self.mix[:, :, None, None]))


# %% total
per_layer = layer_params_dict(CompactNet())
total = conv2d_params(3, 32, 3) + 12 * 32
