# Lets the pixels of the map attend to each other, which keeps the size but mixes places.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.attention = nn.MultiheadAttention(64, num_heads=4, batch_first=True)

    def forward(self, x):
        pixels = self.patches(x).flatten(2).transpose(1, 2)
        attended, _ = self.attention(pixels, pixels, pixels)
        return (pixels + attended).transpose(1, 2).unflatten(2, (16, 16))
