# Pads the second network by 1 and cuts the padding off again before the convolution.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        framed = F.pad(x, (1, 1, 1, 1))
        return torch.relu(self.conv(framed[:, :, 1:-1, 1:-1]))
