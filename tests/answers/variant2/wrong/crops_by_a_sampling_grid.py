# Cuts a map of 18×18 to 16×16 by a grid of sampling places.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, dilation=7)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        side = (torch.arange(1, 17) * 2 + 1) / 18 - 1
        grid = torch.stack(torch.meshgrid(side, side, indexing="xy"), dim=-1)
        return F.grid_sample(x, grid.expand(len(x), 16, 16, 2), align_corners=False)
