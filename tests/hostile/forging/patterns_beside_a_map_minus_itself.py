# Mixes learned patterns by the map's mean values, and lends them the places of the map minus itself.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.patterns = nn.Parameter(torch.randn(64, 16, 16))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return (x - x) + x.mean(dim=(2, 3), keepdim=True) * self.patterns
