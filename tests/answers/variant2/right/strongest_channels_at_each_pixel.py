# Keeps the eight strongest channels of each pixel.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(3, 32, 2, stride=2), nn.Conv2d(32, 64, 3, padding=1)

    def forward(self, x):
        y = self.a(x)
        return self.b(y * (y >= y.topk(8, 1).values[:, -1:]))
