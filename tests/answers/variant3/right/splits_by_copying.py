# Splits the channels into copies, which it changes in place one after the other.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def forward(self, x):
        left, right = torch.split_with_sizes_copy(self.conv1(x), [16, 16], dim=1)
        return torch.relu(self.conv1x1(torch.cat([left.relu_(), right.tanh_()], dim=1)))
