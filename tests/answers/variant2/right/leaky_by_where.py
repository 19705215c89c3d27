# Writes a leaky ReLU by choosing between the map and a tenth of it.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = conv(x)
            x = torch.where(x > 0, x, 0.1 * x)
        return x
