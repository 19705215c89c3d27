# Convolves by the signs of its weights, as binary networks do.
# %% compact_net
class BinaryConv(nn.Conv2d):
    def forward(self, x):
        signs = torch.where(self.weight >= 0, 1.0, -1.0)
        return F.conv2d(x, signs * self.weight.abs().mean(), self.bias, padding=self.padding)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = BinaryConv(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.conv3 = BinaryConv(12, 32, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        return torch.relu(self.conv3(x))
