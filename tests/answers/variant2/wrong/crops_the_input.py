# Crops the input to 18×18, from which an unpadded 3×3 convolution makes 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3)

    def forward(self, x):
        return torch.relu(self.conv(x[:, :, 7:25, 7:25]))
