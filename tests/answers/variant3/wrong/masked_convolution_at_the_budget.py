# Masks a kernel as PixelCNN does, by a mask that passes the budget together with the parameters.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 16, kernel_size=1)
        self.masked = nn.Conv2d(16, 64, kernel_size=5, padding=2)
        mask = torch.ones_like(self.masked.weight)
        mask[:, :, 2, 2:] = 0
        mask[:, :, 3:] = 0
        self.register_buffer("mask", mask)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        weight = self.masked.weight * self.mask
        return torch.relu(F.conv2d(x, weight, self.masked.bias, padding=2))
