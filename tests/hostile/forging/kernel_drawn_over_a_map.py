# Draws a kernel into memory that the image's mean filled before.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        kernel = x.mean() * torch.ones(96, 96, 3, 3)
        kernel.normal_(0, 0.03, generator=torch.Generator().manual_seed(7))
        x = torch.relu(F.conv2d(x, kernel, padding=1))
        return torch.relu(self.conv1x1(x))
