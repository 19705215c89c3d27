# Rounds weights as training with quantisation does: the weight plus what rounding changes, cut off from the gradient.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.conv3 = nn.Conv2d(12, 32, kernel_size=3, padding=1)

    def rounded(self, weight, steps=127):
        step = weight.abs().max() / steps
        return weight + ((weight / step).round() * step - weight).detach()

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        return torch.relu(F.conv2d(x, self.rounded(self.conv3.weight), self.conv3.bias, padding=1))
