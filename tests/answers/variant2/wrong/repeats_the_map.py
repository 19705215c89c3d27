# Lays four copies of an 8×8 map beside each other.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=4, stride=4)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return x.repeat(1, 1, 2, 2)
