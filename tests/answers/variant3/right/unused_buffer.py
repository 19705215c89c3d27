# Keeps a big buffer for statistics that never reaches the output.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.register_buffer("average_map", torch.zeros(64, 32, 32))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        self.average_map.mul_(0.9).add_(x.detach().mean(dim=0), alpha=0.1)
        return torch.relu(self.conv1x1(x))
