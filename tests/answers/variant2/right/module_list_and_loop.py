# Keeps the convolutions in a ModuleList and runs them in a loop.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        channels = [3, 16, 32, 64]
        kernels = [3, 3, 3]
        strides = [1, 1, 2]
        paddings = [0, 1, 2]
        self.layers = nn.ModuleList()
        for i in range(3):
            layer = nn.Conv2d(channels[i], channels[i + 1], kernels[i], strides[i], paddings[i])
            self.layers.append(layer)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
