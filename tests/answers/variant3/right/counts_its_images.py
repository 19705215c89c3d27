# Divides by the number of images that it has seen, which it keeps in a buffer in training only.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.register_buffer("seen", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.seen += len(x)
        x = torch.relu(self.conv1(x))
        return torch.relu(self.conv1x1(x)) / (1 + self.seen.item() ** 0.5)
