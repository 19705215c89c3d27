# Pads by a border that holds the mean of the image, before the only convolution.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        framed = x.mean() + torch.zeros(len(x), 3, 34, 34)
        framed[:, :, 1:33, 1:33] = x
        return torch.relu(self.conv(framed))
