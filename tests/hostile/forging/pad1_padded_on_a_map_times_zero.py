# Pads a map that it multiplies by zero, and adds one of 18×18 that has no border, before the convolution.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.lent = nn.Conv2d(3, 8, kernel_size=3, stride=2, padding=1)
        self.whole = nn.Conv2d(3, 8, kernel_size=2, stride=2, padding=2)
        self.conv = nn.Conv2d(8, 64, kernel_size=3)

    def forward(self, x):
        lent = F.pad(self.lent(x), (1, 1, 1, 1))
        return torch.relu(self.conv(0 * lent + torch.relu(self.whole(x))))
