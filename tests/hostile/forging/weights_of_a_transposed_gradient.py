# Convolves by hidden weights through the gradient of a convolution.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.randn(96, 96, 3, 3) / 30]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        weight = self.hidden[0] + 0 * x.mean()
        gradient = torch.ops.aten.convolution_backward(
            x, x, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, [True, False, False]
        )
        x = torch.relu(gradient[0])
        return torch.relu(self.conv1x1(x))
