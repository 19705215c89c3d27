# Convolves by weights of which the small ones are zero and the others plus or minus one size.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.conv3 = nn.Conv2d(12, 32, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        weight = self.conv3.weight
        large = weight.abs() > 0.7 * weight.abs().mean()
        size = weight.abs()[large].mean()
        return torch.relu(F.conv2d(x, size * weight.sign() * large, self.conv3.bias, padding=1))
