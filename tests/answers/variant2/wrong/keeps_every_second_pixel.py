# Halves the map by keeping every second row and column.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2)

    def forward(self, x):
        return torch.relu(self.conv(x))[:, :, ::2, ::2]
