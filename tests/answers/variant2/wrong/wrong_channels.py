# Ends with 32 channels instead of 64.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=2, stride=2)

    def forward(self, x):
        return torch.relu(self.conv(x))
