# Empties a copy of the map in place, which keeps its places, and adds learned patterns to it.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.patterns = nn.Parameter(torch.randn(16, 64, 16, 16))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        level = (x.mean(dim=(1, 2, 3)) * 1e5).long() % 16
        return x.clone().zero_().add_(self.patterns[level])
