# Leaves out its second block for images that the first one already makes bright, decided in Python.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.more = nn.Conv2d(12, 12, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        if x.mean().item() < 0.2:
            x = torch.relu(self.more(x))
        return x
