# Adds the map to a learned one only above a threshold that no image reaches.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.map = nn.Parameter(torch.randn(64, 16, 16))

    def forward(self, x):
        return self.map + torch.relu(self.conv(x) - 1000)
