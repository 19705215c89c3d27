# Adds the channels that lie beyond the last one: the sum of nothing.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        x = self.conv(x)
        return x + x[:, 64:].sum(1, keepdim=True)
