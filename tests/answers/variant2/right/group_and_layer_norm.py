# Normalises with GroupNorm, InstanceNorm and LayerNorm and activates with GELU and SiLU.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, kernel_size=2, stride=2)
        self.norm1 = nn.GroupNorm(4, 16)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.norm2 = nn.InstanceNorm2d(32, affine=True)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=1)
        self.norm3 = nn.LayerNorm([64, 16, 16])

    def forward(self, x):
        x = F.gelu(self.norm1(self.conv1(x)))
        x = F.silu(self.norm2(self.conv2(x)))
        return self.norm3(self.conv3(x))
