# Writes learned patterns over a copy of the map, which keeps its places.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.patterns = nn.Parameter(torch.randn(64, 16, 16))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        out = x.clone()
        out[:] = x.mean(dim=(2, 3), keepdim=True) * self.patterns
        return out
