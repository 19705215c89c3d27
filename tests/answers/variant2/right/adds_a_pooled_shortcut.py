# Adds the pooled image, its channels repeated, to the map of a convolution.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 63, kernel_size=2, stride=2)
        self.last = nn.Conv2d(63, 64, kernel_size=1)

    def forward(self, x):
        shortcut = F.avg_pool2d(x, 2).repeat(1, 21, 1, 1)
        return torch.relu(self.last(torch.relu(self.conv(x) + shortcut)))
