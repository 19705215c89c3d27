# Keeps the layers in a ModuleDict and calls them by name.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleDict(
            {
                "shrink": nn.Conv2d(3, 24, kernel_size=2, stride=2),
                "widen": nn.Conv2d(24, 64, kernel_size=1),
                "act": nn.LeakyReLU(0.1),
            }
        )

    def forward(self, x):
        for name in ("shrink", "act", "widen", "act"):
            x = self.layers[name](x)
        return x
