# Lets 256 learned queries look at a map of 15×15, so that attention makes the pixels.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)
        self.queries = nn.Parameter(torch.randn(256, 64))

    def forward(self, x):
        pixels = torch.relu(self.conv(x)).flatten(2).transpose(1, 2)
        seen = (self.queries @ pixels.transpose(1, 2)).softmax(dim=-1) @ pixels
        return seen.transpose(1, 2).unflatten(2, (16, 16))
