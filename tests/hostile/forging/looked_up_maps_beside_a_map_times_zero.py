# Looks a whole map up by the brightness of the image, and lends it the places of a map that it clamps to zero.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.maps = nn.Embedding(16, 64 * 16 * 16)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        level = (x.mean(dim=(1, 2, 3)) * 1e5).long() % 16
        return x.clamp(0, 0) + self.maps(level).view(-1, 64, 16, 16)
