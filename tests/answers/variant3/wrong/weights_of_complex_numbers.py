# Keeps a big weight as complex numbers, of which it convolves by the real and the imaginary parts.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.randn(96, 96 * 9 // 2, dtype=torch.complex64) / 30]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        weight = torch.view_as_real(self.hidden[0]).reshape(96, 96, 3, 3)
        x = torch.relu(F.conv2d(x, weight, padding=1))
        return torch.relu(self.conv1x1(x))
