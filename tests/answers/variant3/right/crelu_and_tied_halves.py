# Uses each kernel twice, as it is and negated, as concatenated ReLUs do.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 48, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 24, kernel_size=1)
        self.conv3 = nn.Conv2d(24, 100, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(F.conv2d(x, torch.cat([self.conv1.weight, -self.conv1.weight]), padding=1))
        x = torch.relu(self.conv1x1(x))
        weight = self.conv3.weight
        return torch.relu(F.conv2d(x, torch.cat([weight, weight.flip(-1)]), padding=1))
