# Joins an 8×8 map to itself along the height, then along the width.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=4, stride=4)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.cat([x, x], dim=2)
        return torch.cat([x, x.flip(3)], dim=3)
