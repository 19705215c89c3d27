# Mixes tokens as an MLP-Mixer does, by a linear layer over the pixels that keeps their number.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.tokens = nn.Linear(256, 256)
        self.channels = nn.Linear(64, 64)

    def forward(self, x):
        x = self.patches(x).flatten(2)
        x = x + F.gelu(self.tokens(x))
        x = x.transpose(1, 2)
        x = x + F.gelu(self.channels(x))
        return x.transpose(1, 2).unflatten(2, (16, 16))
