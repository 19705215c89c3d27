# Has a network of 3000 small convolutions, too many to look at, whose output is plainly too small.
# loses: test_pad0_shape
# undecided: test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=3, stride=2)
        self.kernel = torch.ones(1, 1, 1, 1)

    def forward(self, x):
        x = self.conv1(x)
        first = x[:, :1]
        for _ in range(3000):
            first = F.conv2d(first, self.kernel)
        return torch.cat([first, x[:, 1:]], dim=1)
