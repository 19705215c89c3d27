# Scales the channels with a squeeze-and-excitation gate whose 1×1 convolution is the only reduction.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.squeeze = nn.Conv2d(32, 4, kernel_size=1)
        self.excite = nn.Conv2d(4, 32, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        gate = F.adaptive_avg_pool2d(x, 1)
        gate = torch.sigmoid(self.excite(torch.relu(self.squeeze(gate))))
        return x * gate
