# The mean of the map as further channels, enlarged by interpolation: of one pixel it gives that pixel everywhere.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(3, 32, kernel_size=2, stride=2)

    def forward(self, x):
        x = self.convolution(x)
        mean = F.interpolate(F.adaptive_avg_pool2d(x, 1), size=x.shape[-2:], mode="bilinear", align_corners=False)
        return torch.cat([x, mean], dim=1)
