# Interpolates the 30×30 map to 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3)

    def forward(self, x):
        return F.interpolate(torch.relu(self.conv(x)), size=(16, 16), mode="bilinear")
