# Writes its results into memory that held something else before.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        y = x.clone()
        y.zero_().add_(0.5).mul_(x).clamp_(max=6)
        return self.conv1x1(y).relu_()
