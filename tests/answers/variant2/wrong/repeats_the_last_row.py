# Joins the last row and column of the 15×15 map to it once more.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = torch.cat([x, x[:, :, -1:]], dim=2)
        return torch.cat([x, x[:, :, :, -1:]], dim=3)
