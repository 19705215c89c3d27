# Cuts the image into 2×2 patches with F.unfold and mixes them with a 1×1 convolution.
# loses: test_pad0_shape test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(12, 64, kernel_size=1)

    def forward(self, x):
        patches = F.unfold(x, kernel_size=2, stride=2).view(-1, 12, 16, 16)
        return torch.relu(self.conv(patches))
