# Normalises by the mean and variance of the batch, in eval mode, too, and keeps no statistics.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.norm = nn.BatchNorm2d(32, track_running_stats=False)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv1(x)))
        x = self.conv1x1(x)
        return F.batch_norm(x, torch.zeros(12), torch.ones(12), training=True)
