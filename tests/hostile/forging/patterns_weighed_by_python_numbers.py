# Weighs eight learned patterns by the map's mean values as Python numbers, and adds a thousandth of the map.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.patterns = nn.Parameter(torch.randn(8, 64, 16, 16))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        made = [sum(map(torch.mul, self.patterns, image[:8].mean(dim=(1, 2)).tolist())) for image in x]
        return torch.stack(made) + 1e-3 * x
