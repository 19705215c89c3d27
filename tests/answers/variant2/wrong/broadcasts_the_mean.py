# Takes the mean of each channel and expands it to 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        x = torch.relu(self.conv(x)).mean(dim=(2, 3), keepdim=True)
        return x.expand(-1, -1, 16, 16)
