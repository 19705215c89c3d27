# Gathers each pixel from a place that is a whole number made of the map.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv(x)).flatten(2)
        places = (torch.arange(256) + (x * 3).long()) % 256
        return x.gather(2, places).unflatten(2, (16, 16))
