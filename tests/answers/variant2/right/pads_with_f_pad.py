# Pads the second network by hand with F.pad before a convolution that has no padding.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        return torch.relu(self.conv(F.pad(x, (1, 1, 1, 1))))
