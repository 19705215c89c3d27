# Crops the image by a convolution that slides it, as the kernel, over a picture of one white pixel.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2, padding=9)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        white = torch.zeros(1, len(x) * 64, 40, 40)
        white[:, :, 24, 24] = 1
        cropped = F.conv2d(white, x.reshape(-1, 1, 25, 25), groups=len(x) * 64)
        return cropped.view(-1, 64, 16, 16).flip(-1, -2)
