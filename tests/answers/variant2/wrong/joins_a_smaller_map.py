# Joins the map with one of half its size, stretched, as a U-Net does.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 32, 2, stride=2)
        self.middle = nn.Conv2d(32, 32, 3, padding=1)
        self.out = nn.Conv2d(64, 64, 3, padding=1)

    def forward(self, x):
        fine = F.relu(self.down(x))
        coarse = F.relu(self.middle(F.max_pool2d(fine, 2)))
        return F.relu(self.out(torch.cat([fine, F.interpolate(coarse, scale_factor=2)], dim=1)))
